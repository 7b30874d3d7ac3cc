package belfry.alarms;

import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The log events that made an alarm go off: who, what, when and from where.
 *
 * @param newest at most {@link #SHOWN}, newest first
 * @param more how many there are besides
 * @param tally the events counted, not only those shown
 */
public record Evidence(List<Event> newest, long more, Tally tally) {
    /** How many events a message shows. */
    public static final int SHOWN = 10;

    /** How many events are looked into at most, to count them by principal and secret. */
    public static final int COUNTED = 250;

    /** No log event led to the state: the datapoints were put, or are missing. */
    public static final Evidence NONE = new Evidence(List.of(), 0, Tally.NONE);

    /**
     * One log event.
     *
     * @param filter the metric filter that matched it; empty where that is not known
     * @param news what had never been before
     */
    public record Event(Instant at, String group, String stream, String filter, String message, Set<News> news) {
        public Event {
            news = Set.copyOf(news);
        }
    }

    public Evidence {
        newest = List.copyOf(newest);
        if (newest.size() > SHOWN || more < 0) {
            throw new IllegalArgumentException("evidence shows at most " + SHOWN + " events");
        }
    }

    /**
     * Evidence of many events.
     *
     * @param counted the newest first
     * @param all how many there are, with those that were not looked into
     */
    public static Evidence of(List<Event> counted, long all) {
        List<Event> newest = counted.subList(0, Math.min(SHOWN, counted.size()));
        return new Evidence(newest, Math.max(0, all - newest.size()), Tally.of(counted));
    }

    String toJson() {
        ObjectNode json = Json.object().put("more", more);
        ArrayNode events = json.putArray("newest");
        for (Event event : newest) {
            ArrayNode news = events.addObject()
                    .put("at", event.at().toEpochMilli())
                    .put("group", event.group())
                    .put("stream", event.stream())
                    .put("filter", event.filter())
                    .put("message", event.message())
                    .putArray("news");
            event.news().stream().sorted().forEach(one -> news.add(one.name()));
        }
        json.set("tally", tally.toJson());
        return Json.write(json);
    }

    static Evidence parse(String text) {
        JsonNode json = Json.parse(text);
        List<Event> events = new ArrayList<>();
        for (JsonNode event : json.path("newest")) {
            Set<News> news = EnumSet.noneOf(News.class);
            event.path("news").forEach(one -> news.add(News.valueOf(one.asText())));
            events.add(new Event(
                    Instant.ofEpochMilli(event.path("at").asLong()),
                    event.path("group").asText(),
                    event.path("stream").asText(),
                    event.path("filter").asText(),
                    event.path("message").asText(),
                    news));
        }
        return new Evidence(events, json.path("more").asLong(), Tally.parse(json.path("tally")));
    }
}
