package belfry.tools.setup;

/** What setup calls the things it makes, so that it finds them again and touches nothing else. */
final class Names {
    static final String PREFIX = "belfry-";
    /** Begins the last part of the description of every alarm that setup makes. */
    static final String MARK = "[belfry setup: ";

    private Names() {}

    /** The name of a detection's filter and of its alarm. */
    static String of(Detection detection) {
        return PREFIX + detection.id();
    }

    /** What the alarm says of itself, also in its mails. */
    static String description(Detection detection) {
        return detection.name() + ". " + detection.why() + " " + MARK + detection.id() + ", ATT&CK "
                + String.join(" ", detection.attack()) + "]";
    }
}
