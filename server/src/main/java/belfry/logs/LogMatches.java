package belfry.logs;

import belfry.base.Bell;
import belfry.base.Json;
import belfry.store.Cursors;
import belfry.store.Row;
import belfry.store.Tx;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What logs report to the metrics stage: a row per event matched by a metric filter, the filters' default values, and the
 * groups' own {@code AWS/Logs} metrics. Follow them by {@link #after} with the cursor {@link #FOLLOWER}: rows that it has
 * not passed are never pruned.
 */
public final class LogMatches {
    /** Rung when there are new rows. */
    public static final Bell MATCHED = new Bell("logs.matched");

    /** The name under which the metrics stage keeps its {@link Cursors} position in these rows. */
    public static final String FOLLOWER = "metrics.logs";

    /** So long, and so many at most, are matches kept for alarms to tell who set them off. */
    static final Duration KEPT = Duration.ofDays(7);

    static final long ROWS_MAX = 100_000;

    private static final String COLUMNS =
            "seq, account, region, namespace, metric, dimensions, unit, value, samples, time, log_group, filter, stream, event_id";

    private static final String INSERT = "INSERT INTO log_match (account, region, namespace, metric, dimensions, unit,"
            + " value, samples, time, written, log_group, filter, group_id, stream_id, stream, event_id)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private LogMatches() {}

    /**
     * Samples for a metric.
     *
     * @param dimensions a JSON object sorted by name, {@code {}} for none
     * @param unit {@code None} where there is none
     * @param samples how many times the value was met: 1 for a single event
     * @param time the event's time
     * @param filter null for the groups' own metrics
     * @param stream null where the row stands for no single event
     * @param eventId as FilterLogEvents shows it; null where the row stands for no single event
     */
    public record Reported(
            long seq,
            String account,
            String region,
            String namespace,
            String metric,
            String dimensions,
            String unit,
            double value,
            long samples,
            Instant time,
            String logGroup,
            @Nullable String filter,
            @Nullable String stream,
            @Nullable String eventId) {
        private static Reported of(Row row) {
            return new Reported(
                    row.number(1),
                    row.text(2),
                    row.text(3),
                    row.text(4),
                    row.text(5),
                    row.text(6),
                    row.text(7),
                    row.decimal(8),
                    row.number(9),
                    row.instant(10),
                    row.text(11),
                    row.textOrNull(12),
                    row.textOrNull(13),
                    row.textOrNull(14));
        }
    }

    /** The first {@code limit} rows after {@code seq}, in order. */
    public static List<Reported> after(Tx tx, long seq, int limit) {
        return tx.query(
                "SELECT " + COLUMNS + " FROM log_match WHERE seq > ? ORDER BY seq LIMIT ?", Reported::of, seq, limit);
    }

    /** The text by which dimensions are compared. */
    public static String dimensionText(SortedMap<String, String> dimensions) {
        ObjectNode object = Json.object();
        new TreeMap<>(dimensions).forEach(object::put);
        return Json.write(object);
    }

    /**
     * One row to be.
     *
     * @param at null where it stands for no single event
     */
    record Draft(
            LogGroupRow group,
            String namespace,
            String metric,
            String dimensions,
            String unit,
            double value,
            long samples,
            long time,
            @Nullable String filter,
            @Nullable EventRef at) {}

    /** Where an event lies; the id is null where there are several. */
    record EventRef(long streamId, String stream, @Nullable String eventId) {}

    static void write(Tx tx, Draft draft, Instant now) {
        EventRef at = draft.at();
        tx.update(
                INSERT,
                draft.group().account(),
                draft.group().region(),
                draft.namespace(),
                draft.metric(),
                draft.dimensions(),
                draft.unit(),
                draft.value(),
                draft.samples(),
                draft.time(),
                now,
                draft.group().name(),
                draft.filter(),
                draft.group().id(),
                at == null ? 0 : at.streamId(),
                at == null ? null : at.stream(),
                at == null ? null : at.eventId());
        tx.ring(MATCHED);
    }

    /** Deletes rows that nobody needs any more; at least twice as many as have been written, where there are. */
    static void prune(Tx tx, int written, Instant now) {
        long followed = Cursors.position(tx, FOLLOWER);
        int limit = 100 + 2 * written;
        tx.update(
                "DELETE FROM log_match WHERE seq IN (SELECT seq FROM log_match WHERE filter IS NULL AND seq <= ?"
                        + " ORDER BY seq LIMIT ?)",
                followed,
                limit);
        long newest = tx.count("SELECT max(seq) FROM log_match");
        tx.update(
                "DELETE FROM log_match WHERE seq IN (SELECT seq FROM log_match ORDER BY seq LIMIT ?)"
                        + " AND seq <= ? AND (written < ? OR seq <= ?)",
                limit,
                followed,
                now.minus(KEPT),
                newest - ROWS_MAX);
    }
}
