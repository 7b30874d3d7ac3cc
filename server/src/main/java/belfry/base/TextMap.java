package belfry.base;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Maps of text as one JSON column, sorted by name: the same text for the same map. */
public final class TextMap {
    private TextMap() {}

    public static String write(Map<String, String> map) {
        return Json.write(Json.texts(new TreeMap<>(map)));
    }

    public static SortedMap<String, String> read(String json) {
        return new TreeMap<>(Json.texts(Json.parse(json)));
    }
}
