package belfry.engine.metric.math;

import belfry.engine.metric.math.MathValue.Scalar;
import belfry.engine.metric.math.MathValue.Series;
import belfry.engine.metric.math.MathValue.SeriesList;
import java.util.List;

/**
 * {@code IF(condition, then, otherwise)}. A time series that is chosen where it has no value gives 0, as AWS's tables say; but
 * nothing, where it stands against a number that was not chosen.
 */
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

    /** Where the condition has a value. */
    private static Series perPoint(Series condition, MathValue then, MathValue otherwise) {
        double missing = then instanceof Scalar ? Double.NaN : 0;
        return condition.build((start, number) -> number != 0 ? at(then, start, 0) : at(otherwise, start, missing));
    }

    private static double at(MathValue value, long start, double missing) {
        return switch (value) {
            case Scalar(double number) -> number;
            case Series series -> series.values().getOrDefault(start, missing);
            case SeriesList _ -> throw new MathException("IF chooses between numbers and time series, not arrays");
        };
    }
}
