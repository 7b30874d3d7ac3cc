package belfry.events;

import belfry.base.Bell;
import belfry.base.Json;
import belfry.store.Tx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The events of archives. */
final class ArchivedEvents {
    /** Rung when an event was kept. */
    static final Bell KEPT = new Bell("events.archived");

    private ArchivedEvents() {}

    /** An event as it lies in an archive. */
    record Kept(long seq, Instant at, String event) {}

    /** Whether a rule's target is an archive. */
    static boolean isArchive(String targetArn) {
        return targetArn.startsWith("arn:aws:events:") && targetArn.contains(":" + Archive.RESOURCE);
    }

    /** Keeps the event of a plan in the archive that the plan's target names. */
    static void keep(Tx tx, Plan plan, Instant now) {
        Optional<Archive> archive = Archive.ofArn(tx, plan.target().arn());
        if (archive.isEmpty()) {
            return;
        }
        Instant at = Instant.parse(Json.parse(plan.event()).path("time").asText());
        long size = plan.event().getBytes(StandardCharsets.UTF_8).length;
        tx.update(
                "INSERT INTO archived_event (archive_id, at, kept_at, size, event) VALUES (?, ?, ?, ?, ?)",
                archive.get().id(),
                at,
                now,
                size,
                plan.event());
        count(tx, archive.get().id(), 1, size);
        tx.ring(KEPT);
    }

    private static void count(Tx tx, long archive, long events, long bytes) {
        tx.update(
                "UPDATE event_archive SET event_count = event_count + ?, size_bytes = size_bytes + ? WHERE id = ?",
                events,
                bytes,
                archive);
    }

    static long newest(Tx tx, long archive) {
        return tx.count("SELECT COALESCE(MAX(seq), 0) FROM archived_event WHERE archive_id = ?", archive);
    }

    /** What a replay sends next, in the order of the events' times. */
    static List<Kept> next(Tx tx, Replay replay, int limit) {
        Instant from = replay.doneAt() == null ? replay.from() : replay.doneAt();
        return tx.query(
                "SELECT seq, at, event FROM archived_event WHERE archive_id = ? AND at >= ? AND at < ? AND seq <= ?"
                        + " AND (at > ? OR seq > ?) ORDER BY at, seq LIMIT ?",
                row -> new Kept(row.number(1), row.instant(2), row.text(3)),
                replay.archiveId(),
                from,
                replay.to(),
                replay.upTo(),
                from,
                replay.doneSeq(),
                limit);
    }

    /** Forgets events that were kept before {@code before}; returns how many. */
    static int forget(Tx tx, Archive archive, Instant before, int limit) {
        record Old(long seq, long size) {}
        List<Old> old = tx.query(
                "SELECT seq, size FROM archived_event WHERE archive_id = ? AND kept_at <= ? ORDER BY kept_at LIMIT ?",
                row -> new Old(row.number(1), row.number(2)),
                archive.id(),
                before,
                limit);
        old.forEach(event -> tx.update("DELETE FROM archived_event WHERE seq = ?", event.seq()));
        if (!old.isEmpty()) {
            count(
                    tx,
                    archive.id(),
                    -old.size(),
                    -old.stream().mapToLong(Old::size).sum());
        }
        return old.size();
    }

    /** When the archive's oldest event has been kept for long enough. */
    static Optional<Instant> nextToForget(Tx tx, Archive archive) {
        return tx.instant("SELECT MIN(kept_at) FROM archived_event WHERE archive_id = ?", archive.id())
                .map(kept -> kept.plus(Duration.ofDays(archive.retentionDays())));
    }
}
