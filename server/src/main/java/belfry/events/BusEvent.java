package belfry.events;

import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to a bus (semantics: eventbridge-iam.md §2).
 *
 * @param time shown in whole seconds
 * @param fromTrail whether its detail is a recorded call
 * @param replayName the replay that it comes from, or null
 */
record BusEvent(
        String id,
        String detailType,
        String source,
        String account,
        Instant time,
        String region,
        List<String> resources,
        JsonNode detail,
        boolean fromTrail,
        @Nullable String replayName) {
    BusEvent {
        resources = List.copyOf(resources);
        time = time.truncatedTo(ChronoUnit.SECONDS);
    }

    BusEvent(
            String id,
            String detailType,
            String source,
            String account,
            Instant time,
            String region,
            List<String> resources,
            JsonNode detail,
            boolean fromTrail) {
        this(id, detailType, source, account, time, region, resources, detail, fromTrail, null);
    }

    /** The same event, sent again. */
    BusEvent replayedBy(String replay) {
        return new BusEvent(id, detailType, source, account, time, region, resources, detail, fromTrail, replay);
    }

    /** The envelope, members in AWS's order. */
    ObjectNode json() {
        ObjectNode json = Json.object()
                .put("version", "0")
                .put("id", id)
                .put("detail-type", detailType)
                .put("source", source)
                .put("account", account)
                .put("time", time.toString())
                .put("region", region);
        if (replayName != null) {
            json.put("replay-name", replayName);
        }
        ArrayNode list = json.putArray("resources");
        resources.forEach(list::add);
        json.set("detail", detail);
        return json;
    }

    /** An event that was kept as text: what a delivery forwards to another bus. */
    static BusEvent read(String text) {
        JsonNode json = Json.parse(text);
        List<String> resources = new java.util.ArrayList<>();
        json.path("resources").forEach(resource -> resources.add(resource.asText()));
        String detailType = json.path("detail-type").asText();
        return new BusEvent(
                json.path("id").asText(),
                detailType,
                json.path("source").asText(),
                json.path("account").asText(),
                Instant.parse(json.path("time").asText()),
                json.path("region").asText(),
                resources,
                json.path("detail"),
                detailType.endsWith(" via CloudTrail"),
                json.path("replay-name").textValue());
    }
}
