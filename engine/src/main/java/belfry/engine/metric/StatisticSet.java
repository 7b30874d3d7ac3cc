package belfry.engine.metric;

/**
 * The five numbers CloudWatch keeps of many samples. {@code sampleCount} is above 0 and need not be whole; {@code min} and
 * {@code max} bound the samples.
 */
public record StatisticSet(double sampleCount, double sum, double min, double max) {
    public StatisticSet {
        if (!(sampleCount > 0)) {
            throw new IllegalArgumentException("A statistic set has at least one sample");
        }
        if (!(min <= max)) {
            throw new IllegalArgumentException("The minimum is above the maximum");
        }
        if (!Double.isFinite(sampleCount) || !Double.isFinite(sum) || !Double.isFinite(min) || !Double.isFinite(max)) {
            throw new IllegalArgumentException("A statistic set holds finite numbers");
        }
    }

    /** {@code count} samples of the same value. */
    public static StatisticSet of(double value, double count) {
        return new StatisticSet(count, value * count, value, value);
    }

    /** The set of both sets' samples. */
    public StatisticSet merge(StatisticSet other) {
        return new StatisticSet(
                sampleCount + other.sampleCount, sum + other.sum, Math.min(min, other.min), Math.max(max, other.max));
    }

    /** Sum over count. */
    public double average() {
        return sum / sampleCount;
    }
}
