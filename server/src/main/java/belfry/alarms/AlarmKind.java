package belfry.alarms;

/** The two kinds of alarms, which share one set of names. */
public enum AlarmKind {
    METRIC("MetricAlarm"),
    COMPOSITE("CompositeAlarm");

    private final String awsName;

    AlarmKind(String awsName) {
        this.awsName = awsName;
    }

    /** As AWS writes it; also the name of the shape that describes such an alarm. */
    public String awsName() {
        return awsName;
    }

    static AlarmKind parse(String name) {
        for (AlarmKind kind : values()) {
            if (kind.awsName.equals(name)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind of alarm: " + name);
    }
}
