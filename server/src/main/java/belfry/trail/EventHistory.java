package belfry.trail;

import belfry.api.cloudtrail.Event;
import belfry.api.cloudtrail.LookupAttribute;
import belfry.api.cloudtrail.LookupEventsRequest;
import belfry.api.cloudtrail.LookupEventsResponse;
import belfry.api.cloudtrail.Resource;
import belfry.gateway.Call;
import belfry.store.Row;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** LookupEvents: the management events, or the insights, of the last 90 days, newest first (semantics: cloudtrail.md §6). */
final class EventHistory {
    static final Duration KEPT = Duration.ofDays(90);
    private static final int PAGE = 50;

    /** Follows the region where insights are shown. */
    private static final String INSIGHTS = "/insight";

    private static final String COLUMNS =
            "e.seq, e.event_id, e.at, e.name, e.source, e.read_only, e.username, e.access_key, e.record";
    private static final String SCOPE = "e.scope = ?";

    private record Found(long seq, Instant at, Event event) {}

    private EventHistory() {}

    /** Where an event is shown: account and region in one word. */
    static String scope(String account, String region) {
        return account + "/" + region;
    }

    /** Where a record is shown: insights apart from calls, data events nowhere. */
    static @Nullable String scope(AuditRecord record) {
        return switch (record.category()) {
            case MANAGEMENT -> scope(record.account(), record.region());
            case INSIGHT -> scope(record.account(), record.region() + INSIGHTS);
            case DATA -> null;
        };
    }

    static LookupEventsResponse lookup(Tx tx, LookupEventsRequest in, Call call) {
        LookupAttribute attribute = attribute(in);
        Instant earliest = call.now().minus(KEPT);
        Instant from = in.startTime() == null || in.startTime().isBefore(earliest) ? earliest : in.startTime();
        Instant to = in.endTime() == null ? call.now() : in.endTime();
        if (in.startTime() != null && in.startTime().isAfter(to)) {
            throw ServiceException.of("InvalidTimeRangeException", "The start time must not be after the end time.");
        }
        boolean insights = in.eventCategory() != null;
        int size = in.maxResults() == null ? PAGE : in.maxResults();
        LookupToken.Query query = new LookupToken.Query(
                call.account(),
                insights ? call.region() + INSIGHTS : call.region(),
                attribute == null ? "" : attribute.attributeKey(),
                attribute == null ? "" : attribute.attributeValue(),
                in.startTime(),
                in.endTime());
        LookupToken after = in.nextToken() == null ? LookupToken.first(to) : LookupToken.parse(in.nextToken(), query);
        List<Found> found = find(tx, query, from, after, size + 1);
        boolean more = found.size() > size;
        List<Found> page = more ? found.subList(0, size) : found;
        if (insights) {
            // Nobody made them.
            page.forEach(one -> one.event().readOnly(null).username(null).accessKeyId(null));
        }
        page.forEach(one -> one.event().resources(resources(tx, one.seq())));
        return new LookupEventsResponse()
                .events(page.stream().map(Found::event).toList())
                .nextToken(
                        more
                                ? new LookupToken(
                                                page.getLast().at(),
                                                page.getLast().seq())
                                        .text(query)
                                : null);
    }

    private static @Nullable LookupAttribute attribute(LookupEventsRequest in) {
        List<LookupAttribute> attributes = in.lookupAttributes();
        if (attributes == null || attributes.isEmpty()) {
            return null;
        }
        if (attributes.size() > 1) {
            throw invalidAttribute("Only one lookup attribute can be given.");
        }
        LookupAttribute attribute = attributes.getFirst();
        if (attribute.attributeValue().isEmpty()) {
            throw invalidAttribute("The lookup attribute " + attribute.attributeKey() + " has no value.");
        }
        boolean flag = attribute.attributeValue().equals("true")
                || attribute.attributeValue().equals("false");
        if (attribute.attributeKey().equals("ReadOnly") && !flag) {
            throw invalidAttribute("The lookup attribute ReadOnly must be true or false.");
        }
        return attribute;
    }

    private static List<Found> find(Tx tx, LookupToken.Query query, Instant from, LookupToken after, int limit) {
        List<@Nullable Object> parameters = new ArrayList<>(List.of(scope(query.account(), query.region())));
        String sql = sql(query, parameters);
        parameters.addAll(List.of(from, after.at(), after.seq(), limit));
        return tx.query(sql, EventHistory::found, parameters.toArray());
    }

    /** The statement, whose parameters from the scope to the attribute's value are added to {@code parameters}. */
    static String sql(LookupToken.Query query, List<@Nullable Object> parameters) {
        String condition = condition(query, parameters);
        // An id is one row, and its index knows no times: the plus keeps the index of times out of it.
        String event = query.key().equals("EventId") ? "+e" : "e";
        String time = query.byResource() ? "r" : event;
        return "SELECT " + COLUMNS + " FROM " + condition + " AND " + time + ".at >= ? AND (" + time + ".at, " + time
                + ".seq) < (?, ?) ORDER BY " + time + ".at DESC, " + time + ".seq DESC LIMIT ?";
    }

    private static String condition(LookupToken.Query query, List<@Nullable Object> parameters) {
        if (query.key().isEmpty()) {
            return "trail_event e WHERE " + SCOPE;
        }
        if (query.key().equals("ReadOnly")) {
            // The value stands in the text, so that the index of writes can be used.
            return "trail_event e WHERE " + SCOPE + " AND e.read_only = "
                    + (query.value().equals("true") ? 1 : 0);
        }
        parameters.add(query.value());
        if (query.key().equals("EventId")) {
            return "trail_event e WHERE " + SCOPE + " AND e.event_id = ?";
        }
        String column = switch (query.key()) {
            case "EventName" -> "name";
            case "EventSource" -> "source";
            case "Username" -> "username";
            case "AccessKeyId" -> "access_key";
            case "ResourceName" -> "name";
            case "ResourceType" -> "type";
            default -> throw invalidAttribute("There is no lookup attribute " + query.key() + ".");
        };
        if (query.byResource()) {
            return "trail_event_resource r JOIN trail_event e ON e.seq = r.seq WHERE r.scope = ? AND r." + column
                    + " = ?";
        }
        // Without that word SQLite takes the index of times, and reads the whole history where the value is rare.
        return "trail_event e WHERE " + SCOPE + " AND unlikely(e." + column + " = ?)";
    }

    private static Found found(Row row) {
        Event event = new Event()
                .eventId(row.text(2))
                .eventTime(row.instant(3))
                .eventName(row.text(4))
                .eventSource(row.text(5))
                .readOnly(String.valueOf(row.flag(6)))
                .username(row.text(7))
                .accessKeyId(row.text(8))
                .cloudTrailEvent(row.text(9));
        return new Found(row.number(1), row.instant(3), event);
    }

    private static List<Resource> resources(Tx tx, long seq) {
        return tx.query(
                "SELECT type, name FROM trail_event_resource WHERE seq = ? ORDER BY type, name",
                row -> new Resource().resourceType(row.text(1)).resourceName(row.text(2)),
                seq);
    }

    private static ServiceException invalidAttribute(String message) {
        return ServiceException.of("InvalidLookupAttributesException", message);
    }
}
