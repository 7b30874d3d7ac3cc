package belfry.engine.alarm;

import java.time.Instant;

/** When alarms are evaluated and over which periods (alarms.md §2). */
public final class AlarmSchedule {
    private static final int HIGH_RESOLUTION_STEP = 10;
    private static final int STEP = 60;
    private static final int LONG_STEP = 3600;
    private static final long LONG_WINDOW = 86_400;

    private AlarmSchedule() {}

    /** Seconds between evaluations: 10 for high resolution, 3600 when looking back more than a day, otherwise 60. */
    public static int step(AlarmRule rule) {
        if (rule.period() < STEP) {
            return HIGH_RESOLUTION_STEP;
        }
        return (long) rule.period() * rule.evaluationPeriods() > LONG_WINDOW ? LONG_STEP : STEP;
    }

    /** How many periods the evaluation range holds: two more than N, or a third more for long alarms. */
    public static int range(AlarmRule rule) {
        return rule.evaluationPeriods() + Math.max(2, rule.evaluationPeriods() / 3);
    }

    /** The periods that have closed at {@code now}: what an evaluation looks at. */
    public static Window closedWindow(AlarmRule rule, Instant now) {
        int step = step(rule);
        long end = Math.floorDiv(now.getEpochSecond(), step) * step;
        return new Window(end, rule.period(), range(rule));
    }

    /** The periods that the next evaluation will look at; the newest is still open. */
    public static Window openWindow(AlarmRule rule, Instant now) {
        Window closed = closedWindow(rule, now);
        return new Window(closed.end() + step(rule), closed.period(), closed.slots());
    }

    /** When the alarm must be looked at again, even if no data comes. */
    public static Instant nextEvaluation(AlarmRule rule, Instant now) {
        return Instant.ofEpochSecond(openWindow(rule, now).end());
    }

    /**
     * Whether the alarm can be left alone until data arrives: its range is empty, and already in the state that an empty range
     * gives. {@code empty} is whether there is no datapoint from the open window's start on.
     */
    public static boolean quiet(AlarmRule rule, boolean empty, AlarmState state) {
        return empty && state == AlarmEvaluator.stateWithoutData(rule, state);
    }
}
