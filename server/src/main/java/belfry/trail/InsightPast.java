package belfry.trail;

import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The time before an insight, as both of its records show it.
 *
 * @param minutes how long it was
 * @param average calls a minute
 * @param attributions by attribute the foremost values with their averages
 */
record InsightPast(long minutes, double average, JsonNode attributions) {
    static InsightPast parse(String text) {
        JsonNode node = Json.parse(text);
        return new InsightPast(node.get("minutes").asLong(), node.get("average").asDouble(), node.get("attributions"));
    }

    String text() {
        ObjectNode node = Json.object().put("minutes", minutes).put("average", average);
        node.set("attributions", attributions);
        return Json.write(node);
    }
}
