package belfry.events;

import belfry.alarms.AlarmChanges;
import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Ids;
import belfry.base.Pump;
import belfry.store.Cursors;
import belfry.store.Store;
import belfry.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Makes events of alarms' changes of state and configuration, whether their actions are enabled or not (alarms.md §10). */
final class AlarmSource implements Pump {
    private static final String CURSOR = "events.alarms";
    private static final int CHANGES_AT_ONCE = 100;

    private final Store store;
    private final Clock clock;
    private final Router router;
    private final Ids ids;

    AlarmSource(Store store, Clock clock, Router router, Ids ids) {
        this.store = store;
        this.clock = clock;
        this.router = router;
        this.ids = ids;
    }

    @Override
    public String name() {
        return "events.alarms";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(AlarmChanges.CHANGED);
    }

    @Override
    public boolean step() {
        if (store.read(AlarmSource::next).isEmpty()) {
            return false;
        }
        Instant now = clock.now();
        return store.write(tx -> {
            List<AlarmChanges.Change> changes = next(tx);
            changes.forEach(change -> route(tx, change, now));
            Cursors.advance(tx, CURSOR, changes.getLast().seq());
            return changes.size() == CHANGES_AT_ONCE;
        });
    }

    private static List<AlarmChanges.Change> next(Tx tx) {
        return AlarmChanges.after(tx, Cursors.position(tx, CURSOR), CHANGES_AT_ONCE);
    }

    private void route(Tx tx, AlarmChanges.Change change, Instant now) {
        BusEvent event = new BusEvent(
                ids.uuid(),
                change.detailType(),
                "aws.cloudwatch",
                change.account(),
                change.at(),
                change.region(),
                List.of(change.alarmArn()),
                change.detail(),
                false);
        Bus bus = Bus.get(tx, new BusName(change.account(), change.region(), Bus.DEFAULT));
        Router.open(tx, router.plan(tx, bus, event, false, now), now);
    }
}
