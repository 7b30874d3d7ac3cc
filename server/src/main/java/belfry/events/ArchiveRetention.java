package belfry.events;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Pump;
import belfry.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Forgets archived events whose days are over. */
final class ArchiveRetention implements Pump {
    private static final int BATCH = 500;

    /** Events go an hour's worth at a time rather than one by one. */
    private static final Duration GRAIN = Duration.ofHours(1);

    private final Store store;
    private final Clock clock;

    ArchiveRetention(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "events.archives";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(ArchivedEvents.KEPT, Bell.RESET);
    }

    @Override
    public boolean step() {
        Instant now = clock.now();
        if (!due(now)) {
            return false;
        }
        return store.write(tx -> {
            boolean more = false;
            for (Archive archive : Archive.forgetting(tx)) {
                Instant before = now.minus(Duration.ofDays(archive.retentionDays()));
                more |= ArchivedEvents.forget(tx, archive, before, BATCH) == BATCH;
            }
            return more;
        });
    }

    @Override
    public Optional<Instant> nextDue() {
        return store.read(tx -> Archive.forgetting(tx).stream()
                .flatMap(archive -> ArchivedEvents.nextToForget(tx, archive).stream())
                .min(Instant::compareTo)
                .map(due -> due.plus(GRAIN)));
    }
}
