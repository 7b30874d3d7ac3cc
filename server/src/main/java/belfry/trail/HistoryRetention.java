package belfry.trail;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Pump;
import belfry.store.Store;
import belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Forgets records after 90 days, and trails deleted longer ago than that. Wakes once an hour. */
public final class HistoryRetention implements Pump {
    private static final Duration PERIOD = Duration.ofHours(1);
    private static final int BATCH = 1_000;

    private final Store store;
    private final Clock clock;
    private volatile Instant due;

    public HistoryRetention(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.due = clock.now();
    }

    @Override
    public String name() {
        return "trail-retention";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of();
    }

    @Override
    public Optional<Instant> nextDue() {
        return Optional.of(due);
    }

    @Override
    public boolean step() {
        Instant before = clock.now().minus(EventHistory.KEPT);
        boolean more = store.write(tx -> forget(tx, before));
        due = clock.now().plus(PERIOD);
        return more;
    }

    /** Records lie in the order of their times, so the oldest are the first. */
    private static boolean forget(Tx tx, Instant before) {
        long last = tx.count(
                "SELECT MAX(seq) FROM (SELECT seq, at FROM trail_event ORDER BY seq LIMIT ?) AS oldest WHERE at < ?",
                BATCH,
                before);
        if (last == 0) {
            tx.update(
                    "DELETE FROM trail_delivery WHERE trail_id IN (SELECT id FROM trail WHERE deleted_at < ?)", before);
            tx.update("DELETE FROM trail WHERE deleted_at < ?", before);
            return false;
        }
        tx.update("DELETE FROM trail_event_resource WHERE seq <= ?", last);
        return tx.update("DELETE FROM trail_event WHERE seq <= ?", last) == BATCH;
    }
}
