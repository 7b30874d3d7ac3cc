package belfry.engine.metric.math;

import belfry.engine.metric.math.MathValue.Series;
import java.util.TreeMap;

/** Functions of a point and the one before it; gaps between them do not matter. */
final class Walks {
    private Walks() {}

    private interface Step {
        double of(long seconds, double before, double now);
    }

    static Series rate(Series series) {
        return walk(series, (seconds, before, now) -> (now - before) / seconds);
    }

    static Series difference(Series series) {
        return walk(series, (seconds, before, now) -> now - before);
    }

    static Series timeDifference(Series series) {
        return walk(series, (seconds, before, now) -> seconds);
    }

    static Series runningSum(Series series) {
        double[] sum = new double[1];
        return series.build((start, value) -> sum[0] += value);
    }

    /** The first point has none before it and becomes missing. */
    private static Series walk(Series series, Step step) {
        TreeMap<Long, Double> results = new TreeMap<>();
        long lastStart = 0;
        double last = Double.NaN;
        for (var point : series.values().entrySet()) {
            long seconds = point.getKey() - lastStart;
            if (!Double.isNaN(last)) {
                MathValue.put(results, point.getKey(), step.of(seconds, last, point.getValue()));
            }
            lastStart = point.getKey();
            last = point.getValue();
        }
        return series.with(results);
    }
}
