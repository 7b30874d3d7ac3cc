package belfry.engine.metric.math;

import belfry.engine.metric.MetricKey;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** What an expression evaluates to. */
public sealed interface MathValue {

    /** One number; NaN where there is none, as the average of nothing. */
    record Scalar(double value) implements MathValue {}

    /**
     * A time series: values by their period's start. A period without a value is missing.
     *
     * @param label what tells it from others: of a metric its label, of an expression its id
     * @param origin the metric that its values come from, one by one; null where there is not one
     */
    record Series(
            String label,
            SortedMap<Long, Double> values,
            @Nullable Origin origin) implements MathValue {
        public Series {
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        }

        /** A series of no one metric. */
        public Series(String label, SortedMap<Long, Double> values) {
            this(label, values, null);
        }

        /** Other values of the same metric. */
        Series with(SortedMap<Long, Double> newValues) {
            return new Series(label, newValues, origin);
        }

        /** The same series with each value replaced; what is no finite number becomes missing. */
        Series map(DoubleUnaryOperator operator) {
            return build((start, value) -> operator.applyAsDouble(value));
        }

        Series build(PointFunction function) {
            TreeMap<Long, Double> results = new TreeMap<>();
            values.forEach((start, value) -> put(results, start, function.apply(start, value)));
            return with(results);
        }
    }

    /**
     * A metric's statistic.
     *
     * @param period in seconds
     */
    record Origin(MetricKey metric, String statistic, int period) {}

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
