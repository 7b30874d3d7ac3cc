package belfry.alarms;

import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How often each of several things occurred.
 *
 * @param top the most frequent, at most {@link #SHOWN}
 * @param distinct how many different ones there were
 */
public record Ranking(List<Count> top, long distinct) {
    /** How many a message names. */
    public static final int SHOWN = 5;

    static final Ranking NONE = new Ranking(List.of(), 0);

    /**
     * One thing.
     *
     * @param news whether one of the events was the first with it
     */
    public record Count(String what, long times, boolean news) {}

    public Ranking {
        top = List.copyOf(top);
        if (top.size() > SHOWN || distinct < top.size()) {
            throw new IllegalArgumentException("a ranking names at most " + SHOWN);
        }
    }

    /** How many of those named are new. */
    public long news() {
        return top.stream().filter(Count::news).count();
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object().put("distinct", distinct);
        ArrayNode counts = json.putArray("top");
        top.forEach(count -> counts.addObject()
                .put("what", count.what())
                .put("times", count.times())
                .put("news", count.news()));
        return json;
    }

    static Ranking parse(JsonNode json) {
        List<Count> top = new ArrayList<>();
        json.path("top")
                .forEach(count -> top.add(new Count(
                        count.path("what").asText(),
                        count.path("times").asLong(),
                        count.path("news").asBoolean())));
        return new Ranking(top, json.path("distinct").asLong());
    }

    /** Counts; the new ones come first among equals, so that none is left out for having come late. */
    static final class Counting {
        private static final Comparator<Count> ORDER = Comparator.comparing(Count::news)
                .thenComparingLong(Count::times)
                .reversed()
                .thenComparing(Count::what);

        private final Map<String, Count> counts = new LinkedHashMap<>();

        void add(String what, boolean news) {
            if (!what.isEmpty()) {
                counts.merge(
                        what,
                        new Count(what, 1, news),
                        (a, b) -> new Count(what, a.times() + b.times(), a.news() || b.news()));
            }
        }

        Ranking ranking() {
            return new Ranking(
                    counts.values().stream().sorted(ORDER).limit(SHOWN).toList(), counts.size());
        }
    }
}
