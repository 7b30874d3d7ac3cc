package belfry.metrics;

import belfry.engine.metric.Aggregate;
import belfry.engine.metric.Sketch;
import belfry.engine.metric.StatisticSet;
import belfry.store.Row;
import org.jspecify.annotations.Nullable;

/** How an {@link Aggregate} lies in a row: four numbers, and the distribution where it is known. */
final class Aggregates {
    private Aggregates() {}

    /** Reads sample count, sum, minimum, maximum and distribution from five columns. */
    static Aggregate read(Row row, int first) {
        StatisticSet set = new StatisticSet(
                row.decimal(first), row.decimal(first + 1), row.decimal(first + 2), row.decimal(first + 3));
        byte[] spread = row.bytesOrNull(first + 4);
        if (spread == null) {
            // Equal samples need no distribution: the set tells it.
            return Aggregate.of(set);
        }
        return new Aggregate(set, spread.length == 0 ? null : Sketch.fromBytes(spread));
    }

    /** The distribution's bytes: null where the set tells it, empty where it is not known. */
    static byte @Nullable [] spread(Aggregate samples) {
        if (samples.set().min() == samples.set().max()) {
            return null;
        }
        Sketch sketch = samples.sketch();
        return sketch == null ? new byte[0] : sketch.toBytes();
    }
}
