package belfry.engine.metric.math;

import belfry.engine.metric.math.MathValue.Series;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;

/** Functions that replace each value by a part of its time, in UTC; Monday is 1. */
final class Calendar {
    private Calendar() {}

    static Series minute(Series series) {
        return part(series, ChronoField.MINUTE_OF_HOUR);
    }

    static Series hour(Series series) {
        return part(series, ChronoField.HOUR_OF_DAY);
    }

    static Series dayOfWeek(Series series) {
        return part(series, ChronoField.DAY_OF_WEEK);
    }

    static Series dayOfMonth(Series series) {
        return part(series, ChronoField.DAY_OF_MONTH);
    }

    static Series month(Series series) {
        return part(series, ChronoField.MONTH_OF_YEAR);
    }

    static Series year(Series series) {
        return part(series, ChronoField.YEAR);
    }

    static Series epoch(Series series) {
        return series.build(series.label(), (start, value) -> (double) start);
    }

    private static Series part(Series series, ChronoField field) {
        return series.build(
                series.label(),
                (start, value) ->
                        Instant.ofEpochSecond(start).atOffset(ZoneOffset.UTC).get(field));
    }
}
