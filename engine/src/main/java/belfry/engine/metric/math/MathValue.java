package belfry.engine.metric.math;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/** What an expression evaluates to. */
public sealed interface MathValue {

    /** One number; NaN where there is none, as the average of nothing. */
    record Scalar(double value) implements MathValue {}

    /**
     * A time series: values by their period's start. A period without a value is missing.
     *
     * @param label the id of the metric or expression it comes from
     */
    record Series(String label, SortedMap<Long, Double> values) implements MathValue {
        public Series {
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        }

        /** The same series with each value replaced; what is no finite number becomes missing. */
        Series map(DoubleUnaryOperator operator) {
            return build(label, (start, value) -> operator.applyAsDouble(value));
        }

        Series build(String newLabel, PointFunction function) {
            TreeMap<Long, Double> results = new TreeMap<>();
            values.forEach((start, value) -> put(results, start, function.apply(start, value)));
            return new Series(newLabel, results);
        }
    }

    /** Many time series, as {@code METRICS()} or {@code [m1, m2]}. */
    record SeriesList(List<Series> series) implements MathValue {
        public SeriesList {
            series = List.copyOf(series);
        }
    }

    /** Makes a value from a point. */
    interface PointFunction {
        double apply(long start, double value);
    }

    static void put(SortedMap<Long, Double> results, long start, double value) {
        if (Double.isFinite(value)) {
            results.put(start, value);
        }
    }
}
