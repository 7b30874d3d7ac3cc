package belfry.engine.alarm;

/**
 * An alarm's value in one period.
 *
 * @param start the period's start, epoch seconds
 * @param value the statistic's or expression's value
 * @param sampleCount how many samples it is made of; NaN where that has no meaning (metric math)
 * @param lower the anomaly band's lower edge; minus infinity without a band
 * @param upper the anomaly band's upper edge; infinity without a band
 */
public record AlarmPoint(long start, double value, double sampleCount, double lower, double upper) {

    /** A point without an anomaly band. */
    public static AlarmPoint of(long start, double value, double sampleCount) {
        return new AlarmPoint(start, value, sampleCount, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
}
