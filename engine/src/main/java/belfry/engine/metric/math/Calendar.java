package belfry.engine.metric.math;

import belfry.engine.metric.math.MathValue.Series;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.TreeMap;
import java.util.function.LongToDoubleFunction;

/** Functions that give each period a part of its time, in UTC, whether the series has a value there or not; Monday is 1. */
final class Calendar {
    private Calendar() {}

    static Series minute(Series series, Grid grid) {
        return part(series, grid, ChronoField.MINUTE_OF_HOUR);
    }

    static Series hour(Series series, Grid grid) {
        return part(series, grid, ChronoField.HOUR_OF_DAY);
    }

    static Series dayOfWeek(Series series, Grid grid) {
        return part(series, grid, ChronoField.DAY_OF_WEEK);
    }

    static Series dayOfMonth(Series series, Grid grid) {
        return part(series, grid, ChronoField.DAY_OF_MONTH);
    }

    static Series month(Series series, Grid grid) {
        return part(series, grid, ChronoField.MONTH_OF_YEAR);
    }

    static Series year(Series series, Grid grid) {
        return part(series, grid, ChronoField.YEAR);
    }

    static Series epoch(Series series, Grid grid) {
        return values(series, grid, start -> (double) start);
    }

    private static Series part(Series series, Grid grid, ChronoField field) {
        return values(
                series,
                grid,
                start -> Instant.ofEpochSecond(start).atOffset(ZoneOffset.UTC).get(field));
    }

    private static Series values(Series series, Grid grid, LongToDoubleFunction function) {
        TreeMap<Long, Double> values = new TreeMap<>();
        grid.starts().forEach(start -> values.put(start, function.applyAsDouble(start)));
        return series.with(values);
    }
}
