package belfry.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How finely datapoints are kept, and for how long: seconds for 3 hours, minutes for 15 days, five minutes for 63 days,
 * hours for 455 days, as CloudWatch does. Seconds are kept beside minutes; of the others each sample lies in exactly one.
 */
enum Resolution {
    SECOND(1, Duration.ofHours(3)),
    MINUTE(60, Duration.ofDays(15)),
    FIVE_MINUTES(300, Duration.ofDays(63)),
    HOUR(3600, Duration.ofDays(455));

    private final int seconds;
    private final Duration kept;

    Resolution(int seconds, Duration kept) {
        this.seconds = seconds;
        this.kept = kept;
    }

    int seconds() {
        return seconds;
    }

    Duration kept() {
        return kept;
    }

    /** The start of the bucket that {@code at} lies in, in epoch milliseconds. */
    long bucket(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), seconds) * seconds * 1000L;
    }

    /** What datapoints become when their time here is over; null where they are dropped. */
    @Nullable
    Resolution next() {
        return switch (this) {
            case MINUTE -> FIVE_MINUTES;
            case FIVE_MINUTES -> HOUR;
            case SECOND, HOUR -> null;
        };
    }

    /** Where the datapoints lie that a period of so many seconds is made of. */
    static List<Resolution> ofPeriod(int period) {
        if (period < MINUTE.seconds) {
            return List.of(SECOND);
        }
        List<Resolution> parts = new ArrayList<>(3);
        for (Resolution part : List.of(MINUTE, FIVE_MINUTES, HOUR)) {
            if (part.seconds <= period) {
                parts.add(part);
            }
        }
        return parts;
    }
}
