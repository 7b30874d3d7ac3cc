package belfry.vault;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Pump;
import belfry.gateway.ServiceEvent;
import belfry.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Really deletes secrets when their recovery window ends. */
public final class SecretReaper implements Pump {
    /** Rung when a secret was marked for deletion. */
    static final Bell MARKED = new Bell("vault.secrets.marked");

    private static final int BATCH = 100;

    private final Store store;
    private final Clock clock;

    private final VaultEvents events;

    /** @param recorder is told of each deletion */
    public SecretReaper(Store store, Clock clock, ServiceEvent.Recorder recorder) {
        this.store = store;
        this.clock = clock;
        this.events = new VaultEvents(recorder);
    }

    @Override
    public String name() {
        return "vault.secrets";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(MARKED, Bell.RESET);
    }

    @Override
    public boolean step() {
        Instant now = clock.now();
        if (!due(now) && !store.read(SecretDeletions::any)) {
            return false;
        }
        return store.write(tx -> {
            List<Secret> ended = SecretTable.dueForPurge(tx, now, BATCH);
            for (Secret secret : ended) {
                SecretTable.delete(tx, secret);
                SecretDeletions.add(tx, secret, false, now);
            }
            SecretDeletions.take(tx).forEach(deletion -> events.secretDeleted(tx, deletion));
            return ended.size() == BATCH;
        });
    }

    @Override
    public Optional<Instant> nextDue() {
        return store.read(SecretTable::nextPurge);
    }
}
