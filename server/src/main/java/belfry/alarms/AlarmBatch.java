package belfry.alarms;

import belfry.engine.alarm.AlarmRule;
import belfry.engine.alarm.AlarmSchedule;
import belfry.engine.metric.Datapoint;
import belfry.metrics.Datapoints;
import belfry.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The metric alarms of one step, with what is read for all of them together and what is written for all of them together: a
 * statement has a price of its own, whatever it finds. Lives within one transaction, in which no datapoints are added and no
 * metric alarm changes but by its own evaluation.
 */
final class AlarmBatch {
    /** Datapoints of one alarm that may be held until the whole batch is done: 200 alarms' take a few megabytes. */
    private static final int FEW = 240;

    private static final int MINUTE = 60;

    /** Alarms that look at the same stretch of their metrics. */
    private record Stretch(Instant from, int period) {}

    private record Found(List<Datapoint> datapoints, boolean neverNegative) {
        static final Found NOTHING = new Found(List.of(), false);
    }

    private final Instant now;
    private final Map<Long, AlarmRules> rules = new HashMap<>();
    /** By alarm, of those on one metric with a short range; the others read their data when it is their turn. */
    private final Map<Long, Found> found = new HashMap<>();

    private final List<@Nullable Object[]> dues = new ArrayList<>();
    private final List<Decisions.Unchanged> unchanged = new ArrayList<>();

    private AlarmBatch(Instant now) {
        this.now = now;
    }

    /** Reads what the metric alarms among these are evaluated on. */
    static AlarmBatch read(Tx tx, Collection<Alarm> alarms, Instant now) {
        AlarmBatch batch = new AlarmBatch(now);
        Map<Stretch, List<Long>> stretches = new LinkedHashMap<>();
        for (Alarm alarm : alarms) {
            if (alarm.kind() == AlarmKind.METRIC) {
                AlarmRules rules = AlarmRules.of(alarm.account(), alarm.region(), alarm.metricAlarm());
                batch.rules.put(alarm.id(), rules);
                if (rules.math().isEmpty() && datapoints(rules.rule()) <= FEW) {
                    batch.found.put(alarm.id(), Found.NOTHING);
                    Stretch stretch = new Stretch(
                            AlarmData.from(rules.rule(), now), rules.rule().period());
                    stretches.computeIfAbsent(stretch, s -> new ArrayList<>()).add(alarm.id());
                }
            }
        }
        stretches.forEach((stretch, ids) -> {
            for (int from = 0; from < ids.size(); from += Datapoints.AT_ONCE) {
                batch.read(tx, stretch, ids.subList(from, Math.min(ids.size(), from + Datapoints.AT_ONCE)));
            }
        });
        return batch;
    }

    /** How many datapoints its range may hold. */
    private static long datapoints(AlarmRule rule) {
        return (long) rule.period() * AlarmSchedule.range(rule) / (rule.period() < MINUTE ? 1 : MINUTE);
    }

    private void read(Tx tx, Stretch stretch, List<Long> alarms) {
        List<AlarmTable.Watched> watched = AlarmTable.watched(tx, alarms);
        if (watched.isEmpty()) {
            return;
        }
        List<Long> metrics =
                watched.stream().map(AlarmTable.Watched::metric).distinct().toList();
        Map<Long, List<Datapoint>> datapoints =
                Datapoints.read(tx, metrics, stretch.from(), AlarmData.to(now), stretch.period());
        watched.forEach(one -> found.put(
                one.alarm(), new Found(datapoints.getOrDefault(one.metric(), List.of()), one.neverNegative())));
    }

    /** What a metric alarm of this batch asks. */
    AlarmRules rules(Alarm alarm) {
        return Objects.requireNonNull(rules.get(alarm.id()), alarm.name());
    }

    /** What a metric alarm of this batch is evaluated on. */
    AlarmData data(Tx tx, Alarm alarm) {
        AlarmRules its = rules(alarm);
        Found there = found.get(alarm.id());
        return there == null
                ? AlarmData.read(tx, its, now)
                : AlarmData.of(its.rule(), there.datapoints(), there.neverNegative());
    }

    /** Notes when the alarm must be looked at again; null if only data can change it. */
    void due(Alarm alarm, @Nullable Instant due) {
        if (!Objects.equals(due, alarm.due())) {
            dues.add(new Object[] {due, alarm.id()});
        }
    }

    /** Notes a decision that leaves the alarm as it is. */
    void decided(Alarm alarm, Decision decision, String reason) {
        unchanged.add(new Decisions.Unchanged(alarm, decision, reason));
    }

    /** Writes what was noted. */
    void write(Tx tx) {
        AlarmTable.setDue(tx, dues);
        Decisions.record(tx, unchanged, now);
        dues.clear();
        unchanged.clear();
    }
}
