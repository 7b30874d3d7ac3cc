package belfry.alarms;

import belfry.base.Json;
import belfry.engine.alarm.AlarmEvaluator;
import belfry.engine.alarm.AlarmSchedule;
import belfry.engine.alarm.AlarmState;
import belfry.engine.alarm.Evaluation;
import belfry.metrics.MetricRef;
import belfry.store.Tx;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Evaluates metric alarms on what is there now, and says when they must be looked at again. */
final class MetricEvaluation {
    private final EvidenceSource evidence;
    private final AlarmTree tree;

    MetricEvaluation(EvidenceSource evidence, AlarmTree tree) {
        this.evidence = evidence;
        this.tree = tree;
    }

    /** Evaluates an alarm of a batch; what does not change its state is left to the batch to write. */
    void run(Tx tx, Alarm alarm, AlarmBatch batch, Instant now) {
        AlarmRules rules = batch.rules(alarm);
        AlarmData data = batch.data(tx, alarm);
        Evaluation outcome = AlarmEvaluator.decide(rules.rule(), data.source(), now, alarm.state());
        if (outcome.state() == alarm.state()) {
            batch.decided(alarm, Decision.unchanged(alarm.state(), outcome.kept()), outcome.reason());
        } else {
            StateChange change = new StateChange(
                    alarm.state(),
                    outcome.state(),
                    outcome.reason(),
                    outcome.data().toJson(),
                    now);
            tree.change(tx, alarm, change, () -> evidence(tx, alarm, rules, outcome, now));
        }
        boolean quiet = data.quiet(rules, outcome.state(), now);
        batch.due(alarm, quiet ? null : AlarmSchedule.nextEvaluation(rules.rule(), now));
    }

    /** The events that led to the state an alarm is in, as far as its state's data tell. */
    Evidence evidence(Tx tx, Alarm alarm) {
        String data = alarm.reasonData();
        if (alarm.kind() != AlarmKind.METRIC || data == null) {
            return Evidence.NONE;
        }
        List<Instant> periods = new ArrayList<>();
        for (JsonNode point : Json.parse(data).path("evaluatedDatapoints")) {
            if (point.has("value")) {
                periods.add(AlarmDates.readIso(point.path("timestamp").asText()));
            }
        }
        if (periods.isEmpty()) {
            return Evidence.NONE;
        }
        AlarmRules rules = AlarmRules.of(alarm.account(), alarm.region(), alarm.metricAlarm());
        Instant to = Collections.max(periods).plusSeconds(rules.rule().period());
        return evidence.find(tx, Set.copyOf(rules.metrics().values()), Collections.min(periods), to);
    }

    /**
     * The events of the periods that the decision rests on. Where the alarm resolves, those of the whole time it was in
     * ALARM: it went off as soon as that was certain, and could not tell yet what was to come.
     */
    private Evidence evidence(Tx tx, Alarm alarm, AlarmRules rules, Evaluation outcome, Instant now) {
        var recent = outcome.data().recent();
        int period = rules.rule().period();
        Set<MetricRef> metrics = Set.copyOf(rules.metrics().values());
        if (alarm.state() == AlarmState.ALARM) {
            long wentOff = alarm.transitioned().getEpochSecond();
            long from = wentOff - wentOff % period - (long) (rules.rule().evaluationPeriods() - 1) * period;
            return evidence.find(tx, metrics, Instant.ofEpochSecond(from), now.plusMillis(1));
        }
        if (recent.isEmpty()) {
            return Evidence.NONE;
        }
        Instant from = Instant.ofEpochSecond(recent.getFirst().start());
        Instant to = Instant.ofEpochSecond(recent.getLast().start() + period);
        return evidence.find(tx, metrics, from, to);
    }
}
