package belfry.engine.alarm;

/** How an alarm compares a value, on the left, with its threshold or anomaly band. */
public enum ComparisonOperator {
    GREATER_THAN_OR_EQUAL("GreaterThanOrEqualToThreshold", "greater than or equal to"),
    GREATER_THAN("GreaterThanThreshold", "greater than"),
    LESS_THAN("LessThanThreshold", "less than"),
    LESS_THAN_OR_EQUAL("LessThanOrEqualToThreshold", "less than or equal to"),
    OUTSIDE_BAND("LessThanLowerOrGreaterThanUpperThreshold", ""),
    BELOW_BAND("LessThanLowerThreshold", ""),
    ABOVE_BAND("GreaterThanUpperThreshold", "");

    private final String awsName;
    private final String words;

    ComparisonOperator(String awsName, String words) {
        this.awsName = awsName;
        this.words = words;
    }

    /** As AWS writes it. */
    public String awsName() {
        return awsName;
    }

    String words() {
        return words;
    }

    /** Whether it compares with an anomaly band and not with a threshold. */
    public boolean usesBand() {
        return switch (this) {
            case GREATER_THAN_OR_EQUAL, GREATER_THAN, LESS_THAN, LESS_THAN_OR_EQUAL -> false;
            case OUTSIDE_BAND, BELOW_BAND, ABOVE_BAND -> true;
        };
    }

    boolean breaches(AlarmPoint point, double threshold) {
        double value = point.value();
        return switch (this) {
            case GREATER_THAN_OR_EQUAL -> value >= threshold;
            case GREATER_THAN -> value > threshold;
            case LESS_THAN -> value < threshold;
            case LESS_THAN_OR_EQUAL -> value <= threshold;
            case OUTSIDE_BAND -> value < point.lower() || value > point.upper();
            case BELOW_BAND -> value < point.lower();
            case ABOVE_BAND -> value > point.upper();
        };
    }

    /**
     * Reads AWS's name.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static ComparisonOperator parse(String name) {
        for (ComparisonOperator operator : values()) {
            if (operator.awsName.equals(name)) {
                return operator;
            }
        }
        throw new IllegalArgumentException("Not a comparison operator: " + name);
    }
}
