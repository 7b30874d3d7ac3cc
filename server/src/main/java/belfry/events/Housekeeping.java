package belfry.events;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Pump;
import belfry.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Forgets after a month what became of events. */
final class Housekeeping implements Pump {
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int BATCH = 500;

    private final Store store;
    private final Clock clock;

    Housekeeping(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "events.housekeeping";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(Deliveries.OPENED, Bell.RESET);
    }

    @Override
    public boolean step() {
        Instant now = clock.now();
        if (!due(now)) {
            return false;
        }
        return store.write(tx -> Deliveries.forget(tx, now.minus(KEPT), BATCH)) == BATCH;
    }

    /** Rows go in batches, a day's worth at a time, rather than one by one. */
    @Override
    public Optional<Instant> nextDue() {
        return store.read(tx -> tx.instant("SELECT MIN(done_at) FROM event_delivery WHERE done_at IS NOT NULL"))
                .map(done -> done.plus(KEPT).plus(Duration.ofDays(1)));
    }
}
