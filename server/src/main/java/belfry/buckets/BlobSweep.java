package belfry.buckets;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Pump;
import belfry.store.Store;
import belfry.store.Tx;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Deletes the bytes that no content refers to: a few chunks a transaction, so that no writer waits for it. */
final class BlobSweep implements Pump {
    static final Bell RELEASED = new Bell("buckets.released");

    private static final int CHUNKS_A_STEP = 16;

    private final Store store;
    private final Clock clock;

    BlobSweep(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "bucket-sweep";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(RELEASED, Bell.RESET);
    }

    @Override
    public boolean step() {
        Instant now = clock.now();
        if (store.read(Blobs::nextExpiry).filter(due -> !due.isAfter(now)).isEmpty()) {
            return false;
        }
        return store.write(tx -> {
            Optional<String> blob = tx.first(
                    "SELECT id FROM blob WHERE expires <= ? ORDER BY expires LIMIT 1", row -> row.text(1), now);
            blob.ifPresent(id -> sweep(tx, id));
            return blob.isPresent();
        });
    }

    private static void sweep(Tx tx, String blob) {
        int deleted = tx.update(
                "DELETE FROM blob_chunk WHERE blob = ? AND number IN"
                        + " (SELECT number FROM blob_chunk WHERE blob = ? ORDER BY number LIMIT " + CHUNKS_A_STEP + ")",
                blob,
                blob);
        if (deleted < CHUNKS_A_STEP) {
            tx.update("DELETE FROM blob WHERE id = ?", blob);
        }
    }

    @Override
    public Optional<Instant> nextDue() {
        return store.read(Blobs::nextExpiry);
    }
}
