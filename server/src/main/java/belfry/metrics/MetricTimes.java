package belfry.metrics;

import java.time.Duration;
import java.time.Instant;

/** How a query's start is rounded down, by its age and period (semantics: GetMetricStatistics in the model). */
final class MetricTimes {
    private MetricTimes() {}

    static boolean isPeriod(int period) {
        return period == 1
                || period == 5
                || period == 10
                || period == 20
                || period == 30
                || (period > 0 && period % 60 == 0);
    }

    /** Where the first period of a query begins. */
    static Instant start(Instant asked, int period, Instant now) {
        Duration age = Duration.between(asked, now);
        int step;
        if (period < Resolution.MINUTE.seconds()) {
            step = period;
        } else if (age.compareTo(Resolution.MINUTE.kept()) <= 0) {
            step = Resolution.MINUTE.seconds();
        } else if (age.compareTo(Resolution.FIVE_MINUTES.kept()) <= 0) {
            step = Resolution.FIVE_MINUTES.seconds();
        } else {
            step = Resolution.HOUR.seconds();
        }
        return Instant.ofEpochSecond(Math.floorDiv(asked.getEpochSecond(), step) * step);
    }
}
