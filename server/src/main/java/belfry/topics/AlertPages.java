package belfry.topics;

import belfry.gateway.Endpoint;
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

    static void put(Tx tx, String token, String html, Instant now) {
        tx.update("INSERT INTO alert_page (token, html, created_at) VALUES (?, ?, ?)", token, html, now);
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
        return store.read(tx -> tx.first("SELECT html FROM alert_page WHERE token = ?", row -> row.text(1), token))
                .map(html -> Response.html(200, html))
                .orElseGet(() -> Pages.problem(
                        404, "This alert is not here", "The link is incomplete, or the alert is older than 30 days."));
    }
}
