package belfry.engine.metric.math;

import belfry.engine.metric.math.MathValue.Scalar;
import belfry.engine.metric.math.MathValue.Series;
import belfry.engine.metric.math.MathValue.SeriesList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code IF(condition, then, otherwise)}. */
final class Choice {
    private Choice() {}

    static MathValue of(MathValue condition, MathValue then, MathValue otherwise) {
        return switch (condition) {
            case Scalar(double number) -> number != 0 ? then : otherwise;
            case Series series -> perPoint(series, then, otherwise);
            case SeriesList(List<Series> list) ->
                new SeriesList(list.stream()
                        .map(series -> perPoint(series, then, otherwise))
                        .toList());
        };
    }

    /** Where the condition has a value; where the chosen side has none, neither has the result. */
    private static Series perPoint(Series condition, MathValue then, MathValue otherwise) {
        TreeMap<Long, Double> results = new TreeMap<>();
        condition.values().forEach((start, number) -> {
            Double chosen = at(number != 0 ? then : otherwise, start);
            if (chosen != null) {
                MathValue.put(results, start, chosen);
            }
        });
        return new Series(condition.label(), results);
    }

    private static @Nullable Double at(MathValue value, long start) {
        return switch (value) {
            case Scalar(double number) -> number;
            case Series series -> series.values().get(start);
            case SeriesList _ -> throw new MathException("IF chooses between numbers and time series, not arrays");
        };
    }
}
