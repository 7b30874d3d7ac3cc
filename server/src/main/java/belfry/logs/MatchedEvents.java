package belfry.logs;

import belfry.logs.blocks.BlockTable;
import belfry.logs.blocks.Event;
import belfry.logs.blocks.Position;
import belfry.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The events behind a metric's samples: what an alarm's mail tells of who, what, when and from where. */
public final class MatchedEvents {
    private static final String OF_METRIC = " FROM log_match WHERE account = ? AND region = ? AND namespace = ?"
            + " AND metric = ? AND time >= ? AND time < ? AND dimensions = ?";

    private MatchedEvents() {}

    /**
     * An event that a metric filter matched.
     *
     * @param value what it contributed
     * @param message empty where retention or deletion has taken it
     */
    public record Matched(
            Instant time,
            String logGroup,
            String logStream,
            String filter,
            double value,
            String eventId,
            Optional<String> message) {}

    /** The events with {@code from <= time < to}, newest first. */
    public static List<Matched> newest(
            Tx tx,
            String account,
            String region,
            String namespace,
            String metric,
            SortedMap<String, String> dimensions,
            Instant from,
            Instant to,
            int limit) {
        return tx.query(
                "SELECT time, log_group, stream, filter, value, event_id, group_id, stream_id" + OF_METRIC
                        + " AND event_id IS NOT NULL ORDER BY time DESC, seq DESC LIMIT ?",
                row -> new Matched(
                        row.instant(1),
                        row.text(2),
                        row.text(3),
                        row.text(4),
                        row.decimal(5),
                        row.text(6),
                        message(tx, row.number(7), row.number(8), row.text(6))),
                account,
                region,
                namespace,
                metric,
                from,
                to,
                LogMatches.dimensionText(dimensions),
                limit);
    }

    /** How many events with {@code from <= time < to} matched; default values do not count. */
    public static long count(
            Tx tx,
            String account,
            String region,
            String namespace,
            String metric,
            SortedMap<String, String> dimensions,
            Instant from,
            Instant to) {
        return tx.count(
                "SELECT sum(samples)" + OF_METRIC + " AND filter IS NOT NULL AND stream IS NOT NULL",
                account,
                region,
                namespace,
                metric,
                from,
                to,
                LogMatches.dimensionText(dimensions));
    }

    private static Optional<String> message(Tx tx, long groupId, long streamId, String eventId) {
        return Position.parse(eventId)
                .flatMap(position -> BlockTable.find(tx, groupId, streamId, position))
                .map(Event::text);
    }
}
