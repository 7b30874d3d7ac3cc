package belfry.engine.alarm;

import org.jspecify.annotations.Nullable;

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

    /**
     * What holds for an alarm on metrics of a namespace: what it says, {@code missing} if it says nothing. On DynamoDB's
     * metrics it is always {@code ignore}.
     *
     * @param named AWS's name; null where the alarm says nothing
     * @throws IllegalArgumentException if there is none of that name
     */
    public static TreatMissing of(@Nullable String named, String namespace) {
        if (namespace.equals("AWS/DynamoDB")) {
            return IGNORE;
        }
        return named == null ? MISSING : parse(named);
    }
}
