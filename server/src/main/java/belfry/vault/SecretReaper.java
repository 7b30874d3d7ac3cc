package belfry.vault;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Pump;
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

    public SecretReaper(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
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
        if (nextDue().filter(due -> !due.isAfter(now)).isEmpty()) {
            return false;
        }
        return store.write(tx -> {
            List<Secret> ended = SecretTable.dueForPurge(tx, now, BATCH);
            ended.forEach(secret -> SecretTable.delete(tx, secret));
            return ended.size() == BATCH;
        });
    }

    @Override
    public Optional<Instant> nextDue() {
        return store.read(SecretTable::nextPurge);
    }
}
