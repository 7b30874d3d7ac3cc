package belfry.delivery;

import java.time.Duration;

/**
 * When a mail is tried again: twice after 10 s, ten times with waits growing from 10 s to 10 min, then every 10 min, as
 * SNS does (semantics: sns.md §6). Unlike SNS it does not stop after 50 tries and 6 hours: an alert must outlive a
 * mail server's bad week (docs/decisions/0801).
 */
final class RetrySchedule {
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LAST = Duration.ofMinutes(10);
    private static final int STEADY = 2;
    private static final int GROWING = 10;

    private RetrySchedule() {}

    /** @param failures how many tries have failed, 1 or more */
    static Duration after(long failures) {
        if (failures <= STEADY) {
            return FIRST;
        }
        if (failures > STEADY + GROWING) {
            return LAST;
        }
        double step = (failures - STEADY - 1) / (double) (GROWING - 1);
        double growth = Math.pow(LAST.toMillis() / (double) FIRST.toMillis(), step);
        return Duration.ofMillis(Math.round(FIRST.toMillis() * growth));
    }
}
