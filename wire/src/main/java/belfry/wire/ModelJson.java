package belfry.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node of a service description, as plain maps and lists. A data-binding library would cost more at start than the
 * reading itself.
 */
record ModelJson(@Nullable Object value) {
    static ModelJson read(InputStream in) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(in)) {
            parser.nextToken();
            return new ModelJson(tree(parser));
        }
    }

    private static @Nullable Object tree(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                object.put(name, tree(parser));
            }
            return object;
        }
        if (token == JsonToken.START_ARRAY) {
            List<@Nullable Object> array = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                array.add(tree(parser));
            }
            return array;
        }
        return token.isNumeric()
                ? parser.getNumberValue()
                : token.isBoolean() ? parser.getBooleanValue() : text(parser);
    }

    private static String text(JsonParser parser) throws IOException {
        return parser.getText();
    }

    /** The node below {@code key}; absent (never null) where there is none. */
    ModelJson at(String key) {
        return value instanceof Map<?, ?> map ? new ModelJson(map.get(key)) : new ModelJson(null);
    }

    boolean exists() {
        return value != null;
    }

    Map<String, ModelJson> entries() {
        Map<String, ModelJson> entries = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, node) -> entries.put((String) name, new ModelJson(node)));
        }
        return entries;
    }

    List<String> strings() {
        List<String> strings = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(item -> strings.add(String.valueOf(item)));
        }
        return strings;
    }

    List<ModelJson> items() {
        List<ModelJson> items = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(item -> items.add(new ModelJson(item)));
        }
        return items;
    }

    @Nullable
    String text() {
        return value instanceof String text ? text : null;
    }

    String textOr(String otherwise) {
        return value instanceof String text ? text : otherwise;
    }

    boolean isTrue() {
        return Boolean.TRUE.equals(value);
    }

    int intOr(int otherwise) {
        return value instanceof Number number ? number.intValue() : otherwise;
    }

    @Nullable
    Long longValue() {
        return value instanceof Number number ? (Long) number.longValue() : null;
    }
}
