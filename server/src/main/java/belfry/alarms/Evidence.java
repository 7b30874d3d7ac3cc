package belfry.alarms;

import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The log events that made an alarm go off: who, what, when and from where.
 *
 * @param newest at most {@link #SHOWN}, newest first
 * @param more how many there are besides
 */
public record Evidence(List<Event> newest, long more) {
    /** How many events a message shows. */
    public static final int SHOWN = 10;

    /** No log event led to the state: the datapoints were put, or are missing. */
    public static final Evidence NONE = new Evidence(List.of(), 0);

    /** One log event. */
    public record Event(Instant at, String group, String stream, String message) {}

    public Evidence {
        newest = List.copyOf(newest);
        if (newest.size() > SHOWN || more < 0) {
            throw new IllegalArgumentException("evidence shows at most " + SHOWN + " events");
        }
    }

    String toJson() {
        ObjectNode json = Json.object().put("more", more);
        ArrayNode events = json.putArray("newest");
        for (Event event : newest) {
            events.addObject()
                    .put("at", event.at().toEpochMilli())
                    .put("group", event.group())
                    .put("stream", event.stream())
                    .put("message", event.message());
        }
        return Json.write(json);
    }

    static Evidence parse(String text) {
        JsonNode json = Json.parse(text);
        List<Event> events = new ArrayList<>();
        for (JsonNode event : json.path("newest")) {
            events.add(new Event(
                    Instant.ofEpochMilli(event.path("at").asLong()),
                    event.path("group").asText(),
                    event.path("stream").asText(),
                    event.path("message").asText()));
        }
        return new Evidence(events, json.path("more").asLong());
    }
}
