package belfry.engine.insight;

import java.time.Duration;

/** When a minute's count is unusual (semantics: cloudtrail.md §7; AWS publishes no method, so this one is ours). */
public final class RateRule {
    /** A shorter past says too little. */
    public static final Duration BASELINE_MIN = Duration.ofHours(1);

    /** An insight ends after so many usual minutes. */
    public static final int QUIET_MINUTES = 5;

    /** So unlikely must a usual minute be: with a hundred series, once in about seventy days at most. */
    static final double CHANCE = 1e-7;

    /** So many calls more than the average there must be; below that nobody wants to be called. */
    static final double EXCESS = 8;

    private RateRule() {}

    /** Whether a minute with {@code count} calls is unusual after {@code baseline}. */
    public static boolean unusual(Baseline baseline, long count) {
        return baseline.minutes() >= BASELINE_MIN.toMinutes()
                && count - baseline.average() >= EXCESS
                && baseline.chance(count) <= CHANCE;
    }
}
