package belfry.trail;

import belfry.store.Tx;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What GetTrailStatus tells of deliveries. The stages that deliver report here, in their own transactions. */
public final class TrailStatus {
    /** Where a trail delivers. */
    public enum Destination {
        /** Log files into the bucket. */
        BUCKET,
        /** Records into the log group. */
        LOGS,
        /** Notices of log files to the topic. */
        TOPIC,
        /** Digest files into the bucket. */
        DIGEST
    }

    /**
     * The latest of one destination.
     *
     * @param deliveredAt the last success; null before the first
     * @param error the last attempt's error code; null where it succeeded
     */
    public record Latest(
            @Nullable Instant deliveredAt,
            Instant attemptedAt,
            @Nullable String error) {}

    private TrailStatus() {}

    /** A delivery succeeded; the error shown before is gone. */
    public static void delivered(Tx tx, Trail trail, Destination destination, Instant at) {
        tx.update(
                "INSERT INTO trail_delivery (trail_id, destination, delivered_at, attempted_at) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (trail_id, destination) DO UPDATE SET delivered_at = excluded.delivered_at,"
                        + " attempted_at = excluded.attempted_at, error = NULL",
                trail.id(),
                name(destination),
                at,
                at);
    }

    /**
     * A delivery failed.
     *
     * @param error a short code: {@code AccessDenied}, {@code NoSuchBucket}, {@code ResourceNotFoundException}
     */
    public static void failed(Tx tx, Trail trail, Destination destination, Instant at, String error) {
        tx.update(
                "INSERT INTO trail_delivery (trail_id, destination, attempted_at, error) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (trail_id, destination) DO UPDATE SET attempted_at = excluded.attempted_at,"
                        + " error = excluded.error",
                trail.id(),
                name(destination),
                at,
                error);
    }

    /** The latest of a destination; empty before the first attempt. */
    public static Optional<Latest> latest(Tx tx, Trail trail, Destination destination) {
        return tx.first(
                "SELECT delivered_at, attempted_at, error FROM trail_delivery WHERE trail_id = ? AND destination = ?",
                row -> new Latest(row.instantOrNull(1), row.instant(2), row.textOrNull(3)),
                trail.id(),
                name(destination));
    }

    private static String name(Destination destination) {
        return destination.name().toLowerCase(Locale.ROOT);
    }
}
