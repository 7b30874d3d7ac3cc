package belfry.alarms;

/** What had never been seen before an event, as far as the records reach. */
public enum News {
    /** The principal had never made this call on this secret. */
    PRINCIPAL("first time by this principal"),
    /** This call on this secret had never come from this address. */
    ADDRESS("first time from this address");

    private final String words;

    News(String words) {
        this.words = words;
    }

    /** In a few words, for people. */
    public String words() {
        return words;
    }
}
