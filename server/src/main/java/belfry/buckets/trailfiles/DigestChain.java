package belfry.buckets.trailfiles;

import belfry.store.Row;
import belfry.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the chain of a trail's digests of one region stands.
 *
 * @param start of the time that the next digest covers
 * @param last the digest before; null where the next one is the first
 */
record DigestChain(
        long trailId,
        String region,
        Instant start,
        @Nullable Link last) {
    private static final String SELECT =
            "SELECT trail_id, region, next_start, bucket, object_key, hash, signature FROM trail_digest_chain ";

    /** A delivered digest, as the next one names it. */
    record Link(String bucket, String key, String hash, String signature) {}

    /** The chains to which digests are still to be added. */
    static List<DigestChain> running(Tx tx) {
        return tx.query(SELECT + "WHERE running = 1 ORDER BY trail_id, region", DigestChain::map);
    }

    /** The regions in which the trail's chains run. */
    static List<String> regions(Tx tx, long trailId) {
        return tx.query(
                "SELECT region FROM trail_digest_chain WHERE running = 1 AND trail_id = ?",
                row -> row.text(1),
                trailId);
    }

    /** The chain as it stands now; empty where it has ended. */
    static Optional<DigestChain> find(Tx tx, DigestChain chain) {
        return tx.first(
                SELECT + "WHERE running = 1 AND trail_id = ? AND region = ?",
                DigestChain::map,
                chain.trailId(),
                chain.region());
    }

    private static DigestChain map(Row row) {
        String key = row.textOrNull(5);
        Link last = key == null ? null : new Link(row.text(4), key, row.text(6), row.text(7));
        return new DigestChain(row.number(1), row.text(2), row.instant(3), last);
    }

    /** Begins a chain, unless it runs. One that ended is followed by a new one, not before the old one's end. */
    static void open(Tx tx, long trailId, String region, Instant start) {
        tx.update(
                "INSERT INTO trail_digest_chain (trail_id, region, running, next_start) VALUES (?, ?, 1, ?)"
                        + " ON CONFLICT (trail_id, region) DO UPDATE SET running = 1,"
                        + " next_start = CASE WHEN trail_digest_chain.next_start > excluded.next_start"
                        + " THEN trail_digest_chain.next_start ELSE excluded.next_start END"
                        + " WHERE trail_digest_chain.running = 0",
                trailId,
                region,
                start);
    }

    /** Adds a digest that covers the time up to {@code end}. */
    void append(Tx tx, Instant end, Link link) {
        tx.update(
                "UPDATE trail_digest_chain SET next_start = ?, bucket = ?, object_key = ?, hash = ?, signature = ?"
                        + " WHERE trail_id = ? AND region = ?",
                end,
                link.bucket(),
                link.key(),
                link.hash(),
                link.signature(),
                trailId,
                region);
    }

    /** Ends the chain; the next digest, if ever there is one, names no digest before it. */
    void end(Tx tx) {
        tx.update(
                "UPDATE trail_digest_chain SET running = 0, bucket = NULL, object_key = NULL, hash = NULL,"
                        + " signature = NULL WHERE trail_id = ? AND region = ?",
                trailId,
                region);
    }

    /** The chain of a trail that is no more. */
    void forget(Tx tx) {
        tx.update("DELETE FROM trail_digest_chain WHERE trail_id = ?", trailId);
    }
}
