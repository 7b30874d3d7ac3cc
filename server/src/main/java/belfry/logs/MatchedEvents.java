package belfry.logs;

import belfry.logs.blocks.Event;
import belfry.logs.blocks.Position;
import belfry.logs.blocks.Range;
import belfry.logs.blocks.Scan;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** The events behind a metric's samples: what an alarm's mail tells of who, what, when and from where. */
public final class MatchedEvents {
    /** Events read at once; few, since between two that matched many may lie that did not. */
    private static final int PAGE = 1_000;

    private static final String OF_METRIC = " FROM log_match WHERE account = ? AND region = ? AND namespace = ?"
            + " AND metric = ? AND time >= ? AND time < ? AND dimensions = ?";

    private MatchedEvents() {}

    /**
     * An event that a metric filter matched.
     *
     * @param value what it contributed
     * @param message empty where retention or deletion has taken it, or its key is locked
     */
    public record Matched(
            Instant time,
            String logGroup,
            String logStream,
            String filter,
            double value,
            String eventId,
            Optional<String> message) {
        private Matched with(Optional<String> text) {
            return new Matched(time, logGroup, logStream, filter, value, eventId, text);
        }
    }

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
        List<Found> found = tx.query(
                "SELECT time, log_group, stream, filter, value, event_id, group_id, stream_id" + OF_METRIC
                        + " AND event_id IS NOT NULL ORDER BY time DESC, seq DESC LIMIT ?",
                row -> new Found(
                        new Matched(
                                row.instant(1),
                                row.text(2),
                                row.text(3),
                                row.text(4),
                                row.decimal(5),
                                row.text(6),
                                Optional.empty()),
                        new Place(row.number(7), row.number(8))),
                account,
                region,
                namespace,
                metric,
                from,
                to,
                LogMatches.dimensionText(dimensions),
                limit);
        Map<String, String> messages = messages(tx, found);
        return found.stream()
                .map(Found::event)
                .map(event -> event.with(Optional.ofNullable(messages.get(event.eventId()))))
                .toList();
    }

    private record Place(long groupId, long streamId) {}

    private record Found(Matched event, Place place) {}

    /** By event id. Events that lie close together are unpacked together: a burst costs no more than a page. */
    private static Map<String, String> messages(Tx tx, List<Found> found) {
        Map<Place, TreeSet<Position>> wanted = new HashMap<>();
        for (Found one : found) {
            Position.parse(one.event().eventId())
                    .ifPresent(position -> wanted.computeIfAbsent(one.place(), place -> new TreeSet<>())
                            .add(position));
        }
        Map<String, String> messages = new HashMap<>();
        wanted.forEach((place, positions) -> readUnlessLocked(tx, place, positions, messages));
        return messages;
    }

    /** A group whose key cannot be used now gives no messages; that there were events is told all the same. */
    private static void readUnlessLocked(Tx tx, Place place, Set<Position> positions, Map<String, String> messages) {
        try {
            read(tx, place, positions, messages);
        } catch (ServiceException e) {
            messages.keySet().removeAll(positions.stream().map(Position::id).toList());
        }
    }

    private static void read(Tx tx, Place place, Set<Position> positions, Map<String, String> messages) {
        TreeSet<Position> left = new TreeSet<>(positions);
        while (!left.isEmpty()) {
            Range range = new Range(left.first(), left.last().next());
            Scan.Result page = Scan.of(place.groupId(), range).stream(place.streamId())
                    .limit(PAGE)
                    .forward(tx);
            for (Event event : page.events()) {
                if (left.contains(event.position())) {
                    messages.put(event.position().id(), event.text());
                }
            }
            // What lies before the place to go on from has been seen, or is gone.
            Position resume = page.resume().orElse(left.last().next());
            left.headSet(resume).clear();
            left.remove(range.from());
        }
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
}
