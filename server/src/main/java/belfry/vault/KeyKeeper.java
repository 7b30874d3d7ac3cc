package belfry.vault;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Pump;
import belfry.gateway.ServiceEvent;
import belfry.store.Store;
import belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Deletes keys when their waiting period ends, and gives keys new material when their rotation falls due. */
public final class KeyKeeper implements Pump {
    private static final int BATCH = 50;

    private final Store store;
    private final Keys keys;
    private final Clock clock;

    private final VaultEvents events;

    /** @param recorder is told of each deletion and rotation */
    public KeyKeeper(Store store, Keys keys, Clock clock, ServiceEvent.Recorder recorder) {
        this.store = store;
        this.keys = keys;
        this.clock = clock;
        this.events = new VaultEvents(recorder);
    }

    @Override
    public String name() {
        return "vault.keys";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(Keys.DATED, Bell.RESET);
    }

    @Override
    public boolean step() {
        Instant now = clock.now();
        if (store.read(KeyTable::nextDue).filter(due -> !due.isAfter(now)).isEmpty()) {
            return false;
        }
        return store.write(tx -> {
            List<Key> ending = KeyTable.dueForDeletion(tx, now, BATCH);
            for (Key key : ending) {
                KeyTable.delete(tx, key);
                events.keyDeleted(tx, key);
            }
            List<Key> ageing = KeyTable.dueForRotation(tx, now, BATCH);
            ageing.forEach(key -> rotate(tx, key));
            return ending.size() == BATCH || ageing.size() == BATCH;
        });
    }

    @Override
    public Optional<Instant> nextDue() {
        return store.read(KeyTable::nextDue);
    }

    /** Once, however long ago it fell due: skipped rotations of a stopped server are not made up for. */
    private void rotate(Tx tx, Key key) {
        Duration period = Duration.ofDays(Objects.requireNonNull(key.rotationDays()));
        keys.rotate(tx, key, Materials.Origin.AUTOMATIC, clock.now());
        KeyTable.setRotation(tx, key, key.rotationDays(), clock.now().plus(period));
        events.keyRotated(tx, key);
    }
}
