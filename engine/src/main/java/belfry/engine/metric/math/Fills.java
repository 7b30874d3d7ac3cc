package belfry.engine.metric.math;

import belfry.engine.metric.math.MathValue.Series;
import java.util.TreeMap;

/** Filling what is missing. */
final class Fills {
    private Fills() {}

    /** The same value in every period. */
    static Series constant(double value, Grid grid) {
        TreeMap<Long, Double> values = new TreeMap<>();
        grid.starts().forEach(start -> MathValue.put(values, start, value));
        return new Series("", values);
    }

    /** The series, and the filling's value where it has none. */
    static Series with(Series series, Series filling) {
        TreeMap<Long, Double> values = new TreeMap<>(filling.values());
        values.putAll(series.values());
        return series.with(values);
    }

    /** Each gap takes the value before it; before the first value there is none. */
    static Series repeat(Series series, Grid grid) {
        TreeMap<Long, Double> known = new TreeMap<>(series.values());
        TreeMap<Long, Double> values = new TreeMap<>(known);
        grid.starts().forEach(start -> {
            var before = known.floorEntry(start);
            if (before != null) {
                values.put(start, before.getValue());
            }
        });
        return series.with(values);
    }

    /** Each gap between two values lies on the line between them. */
    static Series linear(Series series, Grid grid) {
        TreeMap<Long, Double> known = new TreeMap<>(series.values());
        TreeMap<Long, Double> values = new TreeMap<>(known);
        grid.starts().filter(start -> !known.containsKey(start)).forEach(start -> {
            var before = known.lowerEntry(start);
            var after = known.higherEntry(start);
            if (before != null && after != null) {
                double share = (double) (start - before.getKey()) / (after.getKey() - before.getKey());
                values.put(start, before.getValue() + share * (after.getValue() - before.getValue()));
            }
        });
        return series.with(values);
    }
}
