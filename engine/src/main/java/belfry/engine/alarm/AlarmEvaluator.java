package belfry.engine.alarm;

import belfry.engine.metric.Datapoint;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Evaluates metric alarms by alarms.md §3. */
public final class AlarmEvaluator {
    private AlarmEvaluator() {}

    /**
     * What an alarm on a metric's statistic says now: early if that is certain, otherwise by the periods that have closed.
     *
     * @param datapoints the metric's, at least those from {@link AlarmSchedule#closedWindow}'s start on
     * @param nonNegative whether no sample of the metric can ever be negative; early firing on Sum needs it
     */
    public static Evaluation decide(
            AlarmRule rule, Collection<Datapoint> datapoints, Instant now, AlarmState current, boolean nonNegative) {
        return decide(rule, PointSource.of(rule, datapoints, nonNegative), now, current);
    }

    /** The same for values from anywhere: metric math, anomaly detection. */
    public static Evaluation decide(AlarmRule rule, PointSource source, Instant now, AlarmState current) {
        Optional<Evaluation> early = EarlyFiring.decide(rule, source, now);
        return early.orElseGet(
                () -> evaluate(rule, source.points(AlarmSchedule.closedWindow(rule, now)), now, current));
    }

    /**
     * Evaluates the periods that have closed.
     *
     * @param points by their period's start, of the periods of {@link AlarmSchedule#closedWindow}; others are not looked at
     */
    public static Evaluation evaluate(AlarmRule rule, Map<Long, AlarmPoint> points, Instant now, AlarmState current) {
        Considered seen = Considered.of(rule, points, AlarmSchedule.closedWindow(rule, now));
        Optional<AlarmState> decided = decidedState(rule, seen);
        AlarmState state = decided.orElse(current);
        return new Evaluation(
                state, decided.isEmpty(), false, Reasons.text(rule, seen, state), reasonData(rule, seen, now));
    }

    static ReasonData reasonData(AlarmRule rule, Considered seen, Instant now) {
        return new ReasonData(now, rule, seen.real().reversed(), seen.evaluated());
    }

    /** The state the data decide; empty when they leave it as it is. */
    private static Optional<AlarmState> decidedState(AlarmRule rule, Considered seen) {
        if (seen.real().isEmpty()) {
            return emptyState(rule);
        }
        if (seen.real().stream().anyMatch(rule::hasTooFewSamples)) {
            return Optional.empty();
        }
        int real = seen.breaching(rule).size();
        int filled = rule.treatMissing() == TreatMissing.BREACHING ? seen.fills() : 0;
        if (real + filled >= rule.toAlarm()) {
            return Optional.of(AlarmState.ALARM);
        }
        boolean onlyBreaching = real == seen.real().size();
        return onlyBreaching && seen.fills() > 0 ? premature(rule, seen) : Optional.of(AlarmState.OK);
    }

    /**
     * Some points are missing, and all there are breach, but not enough of them: step 6. With {@code missing}, the alarm goes
     * off once the oldest of them is M periods old, as if nothing better came; until then, the state stays.
     */
    private static Optional<AlarmState> premature(AlarmRule rule, Considered seen) {
        return switch (rule.treatMissing()) {
            case MISSING -> seen.oldestAge() >= rule.toAlarm() ? Optional.of(AlarmState.ALARM) : Optional.empty();
            case IGNORE -> Optional.empty();
            case BREACHING, NOT_BREACHING -> Optional.of(AlarmState.OK);
        };
    }

    private static Optional<AlarmState> emptyState(AlarmRule rule) {
        return switch (rule.treatMissing()) {
            case MISSING -> Optional.of(AlarmState.INSUFFICIENT_DATA);
            case IGNORE -> Optional.empty();
            case BREACHING -> Optional.of(AlarmState.ALARM);
            case NOT_BREACHING -> Optional.of(AlarmState.OK);
        };
    }

    /** The state when the whole range has no data. */
    static AlarmState stateWithoutData(AlarmRule rule, AlarmState current) {
        return emptyState(rule).orElse(current);
    }
}
