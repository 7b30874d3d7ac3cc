package belfry.vault;

import belfry.base.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tags as they are kept: one JSON object of text, in the order they were first given. */
final class Tags {
    private static final String NONE = "{}";

    private Tags() {}

    static Map<String, String> read(String json) {
        return json.equals(NONE) ? new LinkedHashMap<>() : Json.texts(Json.parse(json));
    }

    static String write(Map<String, String> tags) {
        return Json.write(Json.texts(tags));
    }
}
