package belfry.topics;

import belfry.base.Json;
import belfry.gateway.Endpoint;
import belfry.store.Row;
import belfry.store.Store;
import belfry.store.Tx;
import java.time.Instant;

/**
 * The pages behind the links in alert mails: all the events with their whole records. Whoever has the link may look,
 * and no one can guess it; the page holds no more than the trail's records, which hold no secret's value.
 */
final class AlertPages implements Endpoint {
    private final Store store;

    AlertPages(Store store) {
        this.store = store;
    }

    /** @param keyId what the page is sealed with; {@link MessageSeals#NONE} where it is not */
    static void put(Tx tx, String token, String html, long keyId, Instant now) {
        boolean sealed = keyId != MessageSeals.NONE;
        tx.update(
                "INSERT INTO alert_page (token, html, created_at, key_id, sealed) VALUES (?, ?, ?, ?, ?)",
                token,
                sealed ? "" : html,
                now,
                keyId,
                sealed ? MessageSeals.seal(tx, keyId, what(token), Json.object().put("html", html)) : null);
    }

    private static String what(String token) {
        return "alert:" + token;
    }

    private static Response page(Tx tx, String token, Row row) {
        long keyId = row.number(2);
        if (keyId == MessageSeals.NONE) {
            return Response.html(200, row.text(1));
        }
        try {
            String html = MessageSeals.open(tx, keyId, what(token), row.bytes(3))
                    .path("html")
                    .asText();
            return Response.html(200, html);
        } catch (MessageSeals.LockedException e) {
            return Pages.problem(
                    503,
                    "This alert is sealed",
                    "Its topic is encrypted, and the key cannot be used now.\n"
                            + e.locked().reason());
        }
    }

    static int forget(Tx tx, Instant before, int limit) {
        return tx.update(
                "DELETE FROM alert_page WHERE token IN (SELECT token FROM alert_page WHERE created_at < ? LIMIT ?)",
                before,
                limit);
    }

    @Override
    public Response answer(Request request) {
        String token = request.query().getOrDefault("id", "");
        return store.read(tx -> tx.first(
                        "SELECT html, key_id, sealed FROM alert_page WHERE token = ?",
                        row -> page(tx, token, row),
                        token))
                .orElseGet(() -> Pages.problem(
                        404, "This alert is not here", "The link is incomplete, or the alert is older than 30 days."));
    }
}
