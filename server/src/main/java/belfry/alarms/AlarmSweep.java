package belfry.alarms;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Pump;
import belfry.store.Store;
import belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Drops history, decisions and actions after 30 days, once a day where there are any. */
public final class AlarmSweep implements Pump {
    private static final int BATCH = 2_000;
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final Store store;
    private final Clock clock;

    public AlarmSweep(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "alarms-sweep";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(AlarmTable.CONFIGURED, Bell.RESET);
    }

    @Override
    public boolean step() {
        Instant before = clock.now().minus(AlarmHistory.KEPT);
        if (store.read(AlarmSweep::oldest).filter(at -> at.isBefore(before)).isEmpty()) {
            return false;
        }
        return store.write(tx -> {
            int history = sweep(tx, "alarm_history", "at", before);
            int decisions = sweep(tx, "alarm_decision", "last_at", before);
            int actions = sweep(tx, "alarm_action", "at", before);
            return Math.max(history, Math.max(decisions, actions)) == BATCH;
        });
    }

    @Override
    public Optional<Instant> nextDue() {
        return store.read(AlarmSweep::oldest)
                .map(at -> at.plus(AlarmHistory.KEPT).toEpochMilli())
                .map(end -> Instant.ofEpochMilli((Math.floorDiv(end, DAY) + 1) * DAY));
    }

    /** The oldest of what there is; an alarm leaves its first history item when it is put. */
    private static Optional<Instant> oldest(Tx tx) {
        return tx.instant("SELECT MIN(at) FROM (SELECT MIN(at) AS at FROM alarm_history UNION ALL"
                + " SELECT MIN(last_at) FROM alarm_decision UNION ALL SELECT MIN(at) FROM alarm_action) AS ages");
    }

    private static int sweep(Tx tx, String table, String column, Instant before) {
        return tx.update(
                "DELETE FROM " + table + " WHERE seq IN (SELECT seq FROM " + table + " WHERE " + column
                        + " < ? ORDER BY " + column + " LIMIT ?)",
                before,
                BATCH);
    }
}
