package belfry.topics;

import belfry.base.Json;
import belfry.gateway.Endpoint;
import belfry.store.Row;
import belfry.store.Store;
import belfry.store.Tx;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /_belfry/deliveries}: the outbox as a JSON array (for browsers, a page), newest first, with every decision and every try. The
 * parameters {@code alarm} (name or ARN), {@code recipient}, {@code state}, {@code topic},
 * {@code message} and {@code digest} (the {@code id} of the mail that carried it) narrow it;
 * {@code before} is the {@code id} to go on behind, {@code limit} at most 1,000.
 */
final class DeliveriesPage implements Endpoint {
    private static final long LIMIT = 100;
    private static final int LIMIT_MAX = 1_000;
    private static final String COLUMNS = "SELECT o.seq, o.message_id, o.topic_arn, o.subscription_arn, o.protocol,"
            + " o.endpoint, o.mail_id, o.subject, o.state, o.reason, o.attempts, o.queued_at, o.next_at, o.done_at,"
            + " o.alarm, o.give_up_at, o.digest, w.ends_at, o.status_log FROM outbox o LEFT JOIN digest_window w ON"
            + " w.subscription_arn = o.subscription_arn AND o.state = 'Gathered' AND o.digest IS NULL WHERE o.seq < ?";

    private static final Set<String> NUMBERS = Set.of("before", "limit", "digest");

    /** Conditions by parameter; each takes the value once. */
    private static final Map<String, String> FILTERS = Map.of(
            "recipient", " AND o.endpoint = ?",
            "state", " AND o.state = ?",
            "topic", " AND o.topic_arn = ?",
            "message", " AND o.message_id = ?");

    private final Store store;

    DeliveriesPage(Store store) {
        this.store = store;
    }

    @Override
    public Response answer(Request request) {
        if (!request.method().equals("GET")) {
            return Response.mistake(405, "GET the deliveries here.");
        }
        Map<String, String> asked = request.query();
        for (String name : asked.keySet()) {
            if (!FILTERS.containsKey(name) && !NUMBERS.contains(name) && !name.equals("alarm")) {
                return Response.mistake(
                        400, "Ask by alarm, recipient, state, topic, message, digest, before or limit.");
            }
        }
        Map<String, Long> numbers = new HashMap<>();
        try {
            NUMBERS.stream()
                    .filter(asked::containsKey)
                    .forEach(name -> numbers.put(name, Long.parseLong(asked.getOrDefault(name, ""))));
        } catch (NumberFormatException e) {
            return Response.mistake(400, "before, limit and digest are numbers.");
        }
        ArrayNode found = store.read(tx -> list(tx, asked, numbers));
        return request.browser() ? DeliveriesView.of(found) : Response.json(200, found);
    }

    private static ArrayNode list(Tx tx, Map<String, String> asked, Map<String, Long> numbers) {
        StringBuilder sql = new StringBuilder(COLUMNS);
        List<Object> values = new ArrayList<>(List.of(numbers.getOrDefault("before", Long.MAX_VALUE)));
        new LinkedHashMap<>(asked).forEach((name, value) -> {
            String condition = FILTERS.get(name);
            if (condition != null) {
                sql.append(condition);
                values.add(value);
            }
        });
        String alarm = asked.get("alarm");
        if (alarm != null) {
            sql.append(" AND (o.alarm = ? OR o.alarm LIKE ? ESCAPE '!')");
            values.add(alarm);
            values.add("%:alarm:" + alarm.replace("!", "!!").replace("%", "!%").replace("_", "!_"));
        }
        Long digest = numbers.get("digest");
        if (digest != null) {
            sql.append(" AND o.digest = ?");
            values.add(digest);
        }
        values.add(Math.clamp(numbers.getOrDefault("limit", LIMIT), 1, LIMIT_MAX));
        ArrayNode deliveries = Json.array();
        tx.query(sql + " ORDER BY o.seq DESC LIMIT ?", row -> delivery(tx, row), values.toArray())
                .forEach(deliveries::add);
        return deliveries;
    }

    private static ObjectNode delivery(Tx tx, Row row) {
        ObjectNode json = Json.object()
                .put("id", row.number(1))
                .put("messageId", row.text(2))
                .put("topic", row.text(3))
                .put("subscription", row.text(4))
                .put("protocol", row.text(5))
                .put("recipient", row.text(6))
                .put("mailId", row.text(7))
                .put("alarm", row.textOrNull(15))
                .put("subject", row.text(8))
                .put("state", row.text(9))
                .put("reason", row.text(10))
                .put("attempts", row.number(11))
                .put("queuedAt", time(row.instant(12)))
                .put("nextAt", time(row.instantOrNull(row.numberOrNull(13) == null ? 18 : 13)))
                .put("doneAt", time(row.instantOrNull(14)))
                .put("triedUntil", time(row.instantOrNull(16)))
                .put("digest", row.numberOrNull(17))
                .put("statusLog", row.textOrNull(19));
        ArrayNode tries = json.putArray("tries");
        tx.query(
                        "SELECT at, outcome, reason, code, took_ms FROM delivery_attempt WHERE outbox = ? ORDER BY seq",
                        DeliveriesPage::tried,
                        row.number(1))
                .forEach(tries::add);
        return json;
    }

    private static ObjectNode tried(Row row) {
        ObjectNode json = Json.object()
                .put("at", time(row.instant(1)))
                .put("outcome", row.text(2))
                .put("reason", row.text(3));
        String code = row.textOrNull(4);
        // Mail servers answer in words, which are the reason.
        return code == null ? json : json.put("code", code).put("tookMs", row.number(5));
    }

    private static @Nullable String time(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
