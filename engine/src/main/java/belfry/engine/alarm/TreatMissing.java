package belfry.engine.alarm;

/** What a period without data counts as (TreatMissingData). */
public enum TreatMissing {
    MISSING("missing"),
    IGNORE("ignore"),
    BREACHING("breaching"),
    NOT_BREACHING("notBreaching");

    private final String awsName;

    TreatMissing(String awsName) {
        this.awsName = awsName;
    }

    /** As AWS writes it. */
    public String awsName() {
        return awsName;
    }

    /**
     * Reads AWS's name.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static TreatMissing parse(String name) {
        for (TreatMissing treat : values()) {
            if (treat.awsName.equals(name)) {
                return treat;
            }
        }
        throw new IllegalArgumentException("Not a way to treat missing data: " + name);
    }

    /** What holds for an alarm that does not say: {@code ignore} on DynamoDB's metrics, otherwise {@code missing}. */
    public static TreatMissing defaultFor(String namespace) {
        return namespace.equals("AWS/DynamoDB") ? IGNORE : MISSING;
    }
}
