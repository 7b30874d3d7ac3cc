package belfry.base;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON trees: policies, records, event patterns. API bodies do not pass here; they are read by {@code belfry.wire}. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /**
     * Reads exactly one JSON value.
     *
     * @throws IllegalArgumentException where the text is not JSON; the message says where, never what stood there
     */
    public static JsonNode parse(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node == null || node.isMissingNode()) {
                throw new IllegalArgumentException("empty text is not JSON");
            }
            return node;
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new IllegalArgumentException(
                    at == null ? "not JSON" : "not JSON at line " + at.getLineNr() + ", column " + at.getColumnNr(),
                    null);
        }
    }

    /** Compact text, members in their order. */
    public static String write(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree always has a text", e);
        }
    }

    /** Indented text, for people to read. */
    public static String pretty(JsonNode node) {
        return node.toPrettyString();
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** An object of texts, in the map's order. */
    public static ObjectNode texts(Map<String, String> map) {
        ObjectNode object = object();
        map.forEach(object::put);
        return object;
    }

    /** The members of an object of texts, in their order; what is no object has none. */
    public static Map<String, String> texts(JsonNode object) {
        Map<String, String> map = new LinkedHashMap<>();
        object.properties()
                .forEach(member -> map.put(member.getKey(), member.getValue().asText()));
        return map;
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }
}
