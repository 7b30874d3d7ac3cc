package belfry.events;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Ids;
import belfry.base.Json;
import belfry.base.Pump;
import belfry.store.Store;
import belfry.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Fires rules with a schedule. Times that passed while the server was down are not made up for, but for one firing at
 * once.
 */
final class SchedulePump implements Pump {
    /** Rung when a schedule was set. */
    static final Bell CHANGED = new Bell("events.schedule");

    private static final int BATCH = 100;

    private final Store store;
    private final Clock clock;
    private final Ids ids;

    SchedulePump(Store store, Clock clock, Ids ids) {
        this.store = store;
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public String name() {
        return "events.schedule";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(CHANGED, Bell.RESET);
    }

    @Override
    public boolean step() {
        Instant now = clock.now();
        if (!due(now)) {
            return false;
        }
        return store.write(tx -> {
            List<BusRule> due = BusRule.due(tx, now, BATCH);
            due.forEach(rule -> fire(tx, rule, now));
            return due.size() == BATCH;
        });
    }

    private void fire(Tx tx, BusRule rule, Instant now) {
        BusEvent event = new BusEvent(
                ids.uuid(),
                "Scheduled Event",
                "aws.events",
                rule.account(),
                now,
                rule.region(),
                List.of(rule.arn()),
                Json.object(),
                false);
        Router.open(tx, Router.targets(tx, rule, event.id(), event.json(), false, now), now);
        Instant next = Optional.ofNullable(rule.schedule())
                .flatMap(schedule -> Schedule.parse(schedule).after(now, rule.createdAt()))
                .orElse(null);
        tx.update("UPDATE event_rule SET next_at = ? WHERE id = ?", next, rule.id());
    }

    @Override
    public Optional<Instant> nextDue() {
        return store.read(tx -> tx.instant("SELECT MIN(next_at) FROM event_rule WHERE next_at IS NOT NULL"));
    }
}
