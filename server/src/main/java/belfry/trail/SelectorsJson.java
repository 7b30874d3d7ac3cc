package belfry.trail;

import belfry.base.Json;
import belfry.trail.Selectors.Advanced;
import belfry.trail.Selectors.AdvancedSelector;
import belfry.trail.Selectors.Basic;
import belfry.trail.Selectors.DataResource;
import belfry.trail.Selectors.EventSelector;
import belfry.trail.Selectors.FieldSelector;
import belfry.trail.Selectors.ReadWrite;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How selectors lie in the store: JSON in the API's words. */
final class SelectorsJson {
    /** What a trail without selectors logs: all management events. */
    static final Selectors DEFAULT = new Basic(List.of(new EventSelector(ReadWrite.ALL, true, List.of(), Set.of())));

    private static final int PARSED_MAX = 1_000;

    /** By text, which says all: nothing here can grow stale. */
    private static final Map<String, Selectors> PARSED = new ConcurrentHashMap<>();

    private SelectorsJson() {}

    /** The selectors; the default for null. */
    static Selectors parse(@Nullable String text) {
        if (text == null) {
            return DEFAULT;
        }
        if (PARSED.size() > PARSED_MAX) {
            PARSED.clear();
        }
        return PARSED.computeIfAbsent(text, SelectorsJson::read);
    }

    private static Selectors read(String text) {
        JsonNode root = Json.parse(text);
        if (root.has("EventSelectors")) {
            return new Basic(list(root.get("EventSelectors")).stream()
                    .map(SelectorsJson::basic)
                    .toList());
        }
        return new Advanced(list(root.get("AdvancedEventSelectors")).stream()
                .map(SelectorsJson::advanced)
                .toList());
    }

    static String write(Selectors selectors) {
        ObjectNode root = Json.object();
        switch (selectors) {
            case Basic basic -> {
                ArrayNode array = root.putArray("EventSelectors");
                basic.selectors().forEach(selector -> write(array.addObject(), selector));
            }
            case Advanced advanced -> {
                ArrayNode array = root.putArray("AdvancedEventSelectors");
                advanced.selectors().forEach(selector -> write(array.addObject(), selector));
            }
        }
        return Json.write(root);
    }

    private static void write(ObjectNode node, EventSelector selector) {
        node.put("ReadWriteType", selector.readWrite().text());
        node.put("IncludeManagementEvents", selector.management());
        ArrayNode data = node.putArray("DataResources");
        selector.data().forEach(resource -> {
            ObjectNode item = data.addObject().put("Type", resource.type());
            strings(item, "Values", resource.values());
        });
        strings(node, "ExcludeManagementEventSources", new TreeSet<>(selector.excluded()));
    }

    private static void write(ObjectNode node, AdvancedSelector selector) {
        if (selector.name() != null) {
            node.put("Name", selector.name());
        }
        ArrayNode fields = node.putArray("FieldSelectors");
        for (FieldSelector field : selector.fields()) {
            ObjectNode item = fields.addObject().put("Field", field.field());
            strings(item, "Equals", field.equalTo());
            strings(item, "StartsWith", field.startsWith());
            strings(item, "EndsWith", field.endsWith());
            strings(item, "NotEquals", field.notEquals());
            strings(item, "NotStartsWith", field.notStartsWith());
            strings(item, "NotEndsWith", field.notEndsWith());
        }
    }

    private static void strings(ObjectNode node, String name, Collection<String> values) {
        ArrayNode array = node.putArray(name);
        values.forEach(array::add);
    }

    private static EventSelector basic(JsonNode node) {
        return new EventSelector(
                ReadWrite.of(node.get("ReadWriteType").asText()),
                node.get("IncludeManagementEvents").asBoolean(),
                list(node.get("DataResources")).stream()
                        .map(item -> new DataResource(item.get("Type").asText(), strings(item, "Values")))
                        .toList(),
                Set.copyOf(strings(node, "ExcludeManagementEventSources")));
    }

    private static AdvancedSelector advanced(JsonNode node) {
        JsonNode name = node.get("Name");
        return new AdvancedSelector(
                name == null ? null : name.asText(),
                list(node.get("FieldSelectors")).stream()
                        .map(SelectorsJson::field)
                        .toList());
    }

    private static FieldSelector field(JsonNode node) {
        return new FieldSelector(
                node.get("Field").asText(),
                strings(node, "Equals"),
                strings(node, "StartsWith"),
                strings(node, "EndsWith"),
                strings(node, "NotEquals"),
                strings(node, "NotStartsWith"),
                strings(node, "NotEndsWith"));
    }

    private static List<String> strings(JsonNode node, String name) {
        return list(node.get(name)).stream().map(JsonNode::asText).toList();
    }

    private static List<JsonNode> list(@Nullable JsonNode array) {
        List<JsonNode> items = new ArrayList<>();
        if (array != null) {
            array.forEach(items::add);
        }
        return items;
    }
}
