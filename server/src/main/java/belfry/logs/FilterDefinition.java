package belfry.logs;

import belfry.base.Json;
import belfry.store.Row;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a metric filter looks for and what it reports (semantics: filter-patterns.md §7).
 *
 * @param pattern byte for byte as it was put
 * @param value a number, or a selector of the pattern
 * @param defaultValue reported for minutes with events of which none matched; null for no such report
 * @param dimensions dimension name to selector
 * @param unit {@code None} where there is none
 * @param systemDimensions {@code @aws.account}, {@code @aws.region}, or none
 */
record FilterDefinition(
        String pattern,
        String namespace,
        String metricName,
        String value,
        @Nullable Double defaultValue,
        SortedMap<String, String> dimensions,
        @Nullable String unit,
        List<String> systemDimensions) {
    FilterDefinition {
        dimensions = Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
        systemDimensions = List.copyOf(systemDimensions);
    }

    /** The members that no query asks for. */
    String json() {
        ObjectNode object = Json.object().put("value", value).put("unit", unit).put("default", defaultValue);
        ObjectNode selectors = object.putObject("dimensions");
        dimensions.forEach(selectors::put);
        systemDimensions.forEach(object.putArray("system")::add);
        return Json.write(object);
    }

    /** Reads four columns: pattern, namespace, metric, definition. */
    static FilterDefinition of(Row row, int column) {
        JsonNode json = Json.parse(row.text(column + 3));
        SortedMap<String, String> dimensions = new TreeMap<>(Json.texts(json.path("dimensions")));
        List<String> system = new ArrayList<>();
        json.path("system").forEach(name -> system.add(name.asText()));
        return new FilterDefinition(
                row.text(column),
                row.text(column + 1),
                row.text(column + 2),
                json.path("value").asText(),
                json.path("default").isNumber() ? json.path("default").doubleValue() : null,
                dimensions,
                json.path("unit").isTextual() ? json.path("unit").asText() : null,
                system);
    }
}
