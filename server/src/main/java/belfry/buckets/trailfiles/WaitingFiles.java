package belfry.buckets.trailfiles;

import belfry.store.Tx;
import belfry.trail.Trail;
import java.time.Instant;
import java.util.List;

/** Log files that were delivered and are in no digest yet: noted in the delivery's own transaction. */
final class WaitingFiles {
    private WaitingFiles() {}

    /**
     * A delivered log file.
     *
     * @param hash SHA-256 of its uncompressed content, in hexadecimal
     */
    record Waiting(long seq, String bucket, String key, String hash, Instant newest, Instant oldest) {}

    static void add(Tx tx, Trail trail, LogFileDraft.LogFile file, Instant now) {
        tx.update(
                "INSERT INTO trail_log_file (trail_id, region, bucket, object_key, hash, newest, oldest, delivered_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                trail.id(),
                file.region(),
                trail.bucket(),
                file.key(),
                file.hash(),
                file.newest(),
                file.oldest(),
                now);
    }

    /** The files delivered before {@code end}, in the order of their delivery. */
    static List<Waiting> before(Tx tx, long trailId, String region, Instant end) {
        return tx.query(
                "SELECT seq, bucket, object_key, hash, newest, oldest FROM trail_log_file"
                        + " WHERE trail_id = ? AND region = ? AND delivered_at < ? ORDER BY seq",
                row -> new Waiting(
                        row.number(1), row.text(2), row.text(3), row.text(4), row.instant(5), row.instant(6)),
                trailId,
                region,
                end);
    }

    /** The regions from which files wait. */
    static List<String> regions(Tx tx, long trailId) {
        return tx.query(
                "SELECT DISTINCT region FROM trail_log_file WHERE trail_id = ? ORDER BY region",
                row -> row.text(1),
                trailId);
    }

    static void remove(Tx tx, List<Waiting> files) {
        files.forEach(file -> tx.update("DELETE FROM trail_log_file WHERE seq = ?", file.seq()));
    }

    static void forget(Tx tx, long trailId) {
        tx.update("DELETE FROM trail_log_file WHERE trail_id = ?", trailId);
    }
}
