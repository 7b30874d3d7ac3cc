package belfry.events;

import belfry.base.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Maps of text as one JSON column. */
final class Maps {
    private Maps() {}

    static String write(Map<String, String> map) {
        ObjectNode node = Json.object();
        new TreeMap<>(map).forEach(node::put);
        return Json.write(node);
    }

    static SortedMap<String, String> read(String json) {
        SortedMap<String, String> map = new TreeMap<>();
        Json.parse(json)
                .properties()
                .forEach(member -> map.put(member.getKey(), member.getValue().asText()));
        return map;
    }
}
