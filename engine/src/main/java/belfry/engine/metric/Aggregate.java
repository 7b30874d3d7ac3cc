package belfry.engine.metric;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a metric's samples in a stretch of time.
 *
 * @param set the five numbers
 * @param sketch the samples' distribution; null when any of them came as a statistic set that does not tell it, and then
 *     extended statistics are not available
 */
public record Aggregate(StatisticSet set, @Nullable Sketch sketch) {

    /** One sample. */
    public static Aggregate of(double value) {
        return of(value, 1);
    }

    /** {@code count} samples of one value (PutMetricData's Values and Counts). */
    public static Aggregate of(double value, double count) {
        return new Aggregate(StatisticSet.of(value, count), Sketch.of(value, count));
    }

    /** Samples of which only a statistic set is known. Their distribution is known if all were equal. */
    public static Aggregate of(StatisticSet set) {
        return new Aggregate(set, set.min() == set.max() ? Sketch.of(set.min(), set.sampleCount()) : null);
    }

    /** The aggregate of both sides' samples. */
    public Aggregate merge(Aggregate other) {
        Sketch merged = sketch == null || other.sketch == null ? null : sketch.merge(other.sketch);
        return new Aggregate(set.merge(other.set), merged);
    }
}
