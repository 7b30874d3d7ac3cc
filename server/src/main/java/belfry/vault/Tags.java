package belfry.vault;

import belfry.base.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tags as they are kept: one JSON object of text, in the order they were first given. */
final class Tags {
    private static final String NONE = "{}";

    private Tags() {}

    static Map<String, String> read(String json) {
        Map<String, String> tags = new LinkedHashMap<>();
        if (json.equals(NONE)) {
            return tags;
        }
        Json.parse(json)
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().textValue()));
        return tags;
    }

    static String write(Map<String, String> tags) {
        ObjectNode node = Json.object();
        tags.forEach(node::put);
        return Json.write(node);
    }
}
