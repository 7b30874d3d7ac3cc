package belfry.alarms;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Pump;
import belfry.metrics.Datapoints;
import belfry.store.Store;
import belfry.store.Tx;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Evaluates alarms: those on a metric that changed at once, and those whose time has come. The times lie in an indexed
 * column, so ten thousand sleeping alarms cost nothing.
 */
public final class AlarmPump implements Pump {
    private static final int CHANGES = 500;
    private static final int ALARMS = 200;

    private final Store store;
    private final Clock clock;
    private final AlarmStates states;
    private final AlarmTree tree;
    private final MetricEvaluation evaluation;

    public AlarmPump(Store store, Clock clock, AlarmLinks links, EvidenceSource evidence) {
        this.store = store;
        this.clock = clock;
        this.states = new AlarmStates(links);
        this.tree = new AlarmTree(states);
        this.evaluation = new MetricEvaluation(evidence, tree);
    }

    @Override
    public String name() {
        return "alarms";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(Datapoints.ADDED, AlarmTable.CONFIGURED, Bell.RESET);
    }

    @Override
    public boolean step() {
        return store.write(tx -> {
            Instant now = clock.now();
            List<Long> changes =
                    tx.query("SELECT seq FROM metric_change ORDER BY seq LIMIT ?", row -> row.number(1), CHANGES);
            List<Alarm> due = AlarmTable.due(tx, now, ALARMS);
            Map<Long, Alarm> alarms = new LinkedHashMap<>();
            due.forEach(alarm -> alarms.put(alarm.id(), alarm));
            if (!changes.isEmpty()) {
                AlarmTable.concerned(tx, changes.getLast()).forEach(alarm -> alarms.putIfAbsent(alarm.id(), alarm));
                tx.update("DELETE FROM metric_change WHERE seq <= ?", changes.getLast());
            }
            List<Alarm> all = List.copyOf(alarms.values());
            for (int from = 0; from < all.size(); from += ALARMS) {
                evaluate(tx, all.subList(from, Math.min(all.size(), from + ALARMS)), now);
            }
            Mutes.due(tx, now).forEach(mute -> unmute(tx, mute, now));
            return changes.size() == CHANGES || due.size() == ALARMS;
        });
    }

    @Override
    public Optional<Instant> nextDue() {
        return store.read(tx -> {
            Optional<Instant> alarm =
                    tx.first("SELECT due FROM alarm WHERE due IS NOT NULL ORDER BY due LIMIT 1", row -> row.instant(1));
            return Stream.concat(alarm.stream(), Mutes.nextDue(tx).stream()).min(Instant::compareTo);
        });
    }

    /** A mute rule's window begins or ends: in the latter case the actions it held back are taken. */
    private void unmute(Tx tx, Mutes.Mute mute, Instant now) {
        Mutes.setDue(tx, mute, mute.due(now).orElse(null));
        for (String name : Mutes.targets(tx, mute)) {
            AlarmTable.find(tx, mute.account(), mute.region(), name).ifPresent(alarm -> release(tx, alarm, now));
        }
    }

    private void release(Tx tx, Alarm alarm, Instant now) {
        states.release(tx, alarm, now, true, () -> evaluation.evidence(tx, alarm));
    }

    private void evaluate(Tx tx, List<Alarm> alarms, Instant now) {
        AlarmBatch batch = AlarmBatch.read(tx, alarms, now);
        for (Alarm alarm : alarms) {
            switch (alarm.kind()) {
                case METRIC -> metric(tx, alarm, batch, now);
                case COMPOSITE -> AlarmTable.find(tx, alarm.id()).ifPresent(anew -> composite(tx, anew, now));
            }
        }
        batch.write(tx);
    }

    private void metric(Tx tx, Alarm alarm, AlarmBatch batch, Instant now) {
        evaluation.run(tx, alarm, batch, now);
        if (alarm.hold().from().isPresent()) {
            // What is released is a decision after this evaluation's.
            batch.write(tx);
            AlarmTable.find(tx, alarm.id()).ifPresent(after -> release(tx, after, now));
        }
    }

    /** {@code alarm} is read anew: one evaluated before may have changed it. */
    private void composite(Tx tx, Alarm alarm, Instant now) {
        tree.configured(tx, alarm, now);
        Alarm evaluated = AlarmTable.find(tx, alarm.id()).orElseThrow();
        AlarmTable.setDue(tx, alarm.id(), tree.release(tx, evaluated, now).orElse(null));
    }
}
