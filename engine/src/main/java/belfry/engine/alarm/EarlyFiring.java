package belfry.engine.alarm;

import belfry.engine.metric.math.Growth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Going to ALARM inside an unfinished period, when nothing that can still happen would undo it.
 *
 * <p><b>Why this is sound.</b> Let T be the next evaluation, and look at the newest N periods it will look at, the open one
 * among them. A period counts here only if it breaches now and its statistic is <i>settled</i>: further samples can move it
 * only further over the threshold. That holds for SampleCount and Maximum under {@code >} and {@code >=}, for Minimum under
 * {@code <} and {@code <=}, and for Sum under {@code >} and {@code >=} when no sample of the metric can be negative; for
 * metric math where {@link Growth} says that the expression moves one way. So at T,
 * whatever samples still arrive, on time or late, each counted period still has data and still breaches. If M of them are
 * counted, then at T:
 *
 * <ul>
 *   <li>the evaluation keeps the newest N points of a range of more than N periods, so it keeps every point of the newest N
 *       periods, since no more than N can be among them;
 *   <li>hence at least M breaching points are kept, and M breaching points mean ALARM, however the other periods turn out and
 *       whatever missing data count as.
 * </ul>
 *
 * <p>Samples are never taken back, and a point with too few samples is no matter, since only percentiles have a minimum and
 * they never fire early. Rounding does not spoil the argument for Sum: floating-point addition is monotone in both operands,
 * a stored datapoint only ever has samples merged into it, and periods are rolled up in the order of time.
 */
public final class EarlyFiring {
    private EarlyFiring() {}

    /**
     * Decides early.
     *
     * @param source gives the values of {@link AlarmSchedule#openWindow}, the newest with what has come so far
     * @return the evaluation, always ALARM; empty when the period's close has to be awaited
     */
    public static Optional<Evaluation> decide(AlarmRule rule, PointSource source, Instant now) {
        if (!settles(rule, source.growth())) {
            return Optional.empty();
        }
        Window window = AlarmSchedule.openWindow(rule, now);
        Considered seen = newest(rule, source.points(window), window);
        if (seen.breaching(rule).size() < rule.toAlarm()) {
            return Optional.empty();
        }
        String reason = Reasons.text(rule, seen, AlarmState.ALARM);
        return Optional.of(
                new Evaluation(AlarmState.ALARM, false, true, reason, AlarmEvaluator.reasonData(rule, seen, now)));
    }

    /** Whether a period that breaches goes on breaching, whatever samples are added to it. */
    static boolean settles(AlarmRule rule, Growth.Direction growth) {
        return switch (rule.comparison()) {
            case GREATER_THAN, GREATER_THAN_OR_EQUAL ->
                growth == Growth.Direction.UP || growth == Growth.Direction.CONSTANT;
            case LESS_THAN, LESS_THAN_OR_EQUAL ->
                growth == Growth.Direction.DOWN || growth == Growth.Direction.CONSTANT;
            case OUTSIDE_BAND, BELOW_BAND, ABOVE_BAND -> false;
        };
    }

    /** The points of the newest N periods only; older ones may still be pushed out by late data. */
    private static Considered newest(AlarmRule rule, Map<Long, AlarmPoint> points, Window window) {
        List<AlarmPoint> real = new ArrayList<>();
        List<Integer> ages = new ArrayList<>();
        for (int slot = 0; slot < rule.evaluationPeriods(); slot++) {
            AlarmPoint point = points.get(window.start(slot));
            if (point != null) {
                real.add(point);
                ages.add(slot + 1);
            }
        }
        return new Considered(real, ages, List.of());
    }
}
