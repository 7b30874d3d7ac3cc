package belfry.topics.web;

import belfry.base.Json;
import belfry.base.Sha256;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PagerDuty's Events API v2. An alarm opens an incident under its ARN and its OK resolves it. The integration's key stands
 * in the endpoint: {@code https://events.pagerduty.com/v2/enqueue?routing_key=…}.
 */
final class PagerDuty {
    private static final int SUMMARY_MAX = 1_024;
    private static final int VALUE_MAX = 4_000;
    private static final int DEDUP_MAX = 255;
    private static final Pattern KEY = Pattern.compile("(?:^|&)routing_key=([A-Za-z0-9]+)(?:&|$)");

    private PagerDuty() {}

    /** The integration's key in an endpoint; empty where it has none. */
    static String key(String endpoint) {
        String query = URI.create(endpoint).getRawQuery();
        Matcher found = KEY.matcher(query == null ? "" : query);
        return found.find() ? found.group(1) : "";
    }

    static ObjectNode event(Digestible content, WebhookForm.About about, String endpoint) {
        ObjectNode event = Json.object()
                .put("routing_key", key(endpoint))
                .put("event_action", about.state().equals("OK") ? "resolve" : "trigger")
                .put("dedup_key", dedup(about.incident()))
                .put("client", "Belfry");
        ArrayNode links = event.putArray("links");
        content.links()
                .forEach(link -> links.addObject().put("href", link.url()).put("text", link.label()));
        if (!content.links().isEmpty()) {
            event.put("client_url", content.links().getFirst().url());
        }
        String first = content.paragraphs().isEmpty()
                ? ""
                : " - " + content.paragraphs().getFirst();
        ObjectNode payload = event.putObject("payload")
                .put("summary", Digestible.cut(content.title() + first, SUMMARY_MAX))
                .put("source", about.source())
                .put("severity", severity(about.state()))
                .put("timestamp", about.at().toString());
        ObjectNode details = payload.putObject("custom_details");
        details.put("what happened", Digestible.cut(String.join("\n", content.paragraphs()), VALUE_MAX));
        content.facts().forEach(fact -> details.put(fact.label(), Digestible.cut(fact.value(), VALUE_MAX)));
        return event;
    }

    private static String severity(String state) {
        return switch (state) {
            case "ALARM" -> "critical";
            case "INSUFFICIENT_DATA" -> "warning";
            default -> "info";
        };
    }

    private static String dedup(String incident) {
        return incident.length() <= DEDUP_MAX ? incident : Sha256.hex(incident);
    }
}
