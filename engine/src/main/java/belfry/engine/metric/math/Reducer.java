package belfry.engine.metric.math;

import belfry.engine.metric.math.MathValue.Scalar;
import belfry.engine.metric.math.MathValue.Series;
import belfry.engine.metric.math.MathValue.SeriesList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Functions that make one number of many: of a series' values, or of many series' values at each time. */
enum Reducer {
    SUM,
    AVG,
    MIN,
    MAX,
    STDDEV,
    COUNT;

    /** A series becomes a number, many series become one, with a value wherever any of them has one. */
    MathValue of(MathValue value) {
        return switch (value) {
            case Scalar(double number) -> new Scalar(of(List.of(number)));
            case Series series -> new Scalar(of(series.values().values()));
            case SeriesList(List<Series> list) -> across(list);
        };
    }

    private Series across(List<Series> list) {
        SortedMap<Long, List<Double>> byTime = new TreeMap<>();
        for (Series series : list) {
            series.values()
                    .forEach((start, value) -> byTime.computeIfAbsent(start, s -> new ArrayList<>())
                            .add(value));
        }
        TreeMap<Long, Double> results = new TreeMap<>();
        byTime.forEach((start, values) -> MathValue.put(results, start, across(values, list.size())));
        return new Series(name(), results);
    }

    /** To an average, the series without a value count as 0. */
    private double across(List<Double> values, int series) {
        return this == AVG ? SUM.of(values) / series : of(values);
    }

    /** NaN for nothing, except that nothing counts as zero. */
    double of(Collection<Double> values) {
        double[] numbers = values.stream().mapToDouble(Double::doubleValue).toArray();
        double sum = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (double number : numbers) {
            sum += number;
            min = Math.min(min, number);
            max = Math.max(max, number);
        }
        if (numbers.length == 0) {
            return this == COUNT ? 0 : Double.NaN;
        }
        return switch (this) {
            case SUM -> sum;
            case AVG -> sum / numbers.length;
            case MIN -> min;
            case MAX -> max;
            case STDDEV -> deviation(numbers, sum / numbers.length);
            case COUNT -> numbers.length;
        };
    }

    private static double deviation(double[] numbers, double mean) {
        double squares = 0;
        for (double number : numbers) {
            squares += (number - mean) * (number - mean);
        }
        return Math.sqrt(squares / numbers.length);
    }
}
