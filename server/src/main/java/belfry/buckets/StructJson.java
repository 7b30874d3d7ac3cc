package belfry.buckets;

import belfry.api.Services;
import belfry.base.Json;
import belfry.wire.Member;
import belfry.wire.Shape;
import belfry.wire.Struct;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Configuration documents as they are kept: a structure of the service description as JSON, members by their names. */
final class StructJson {
    private StructJson() {}

    static String write(Struct struct) {
        return Json.write(object(shape(struct.getClass()), struct));
    }

    static <S extends Struct> S read(Class<S> type, String text) {
        return type.cast(struct(shape(type), Json.parse(text)));
    }

    private static Shape shape(Class<?> type) {
        return Services.S3.model().shape(type.getSimpleName());
    }

    private static ObjectNode object(Shape shape, Struct struct) {
        ObjectNode json = Json.object();
        for (Member member : shape.members()) {
            Object value = struct.getAt(member.index());
            if (value != null) {
                json.set(member.name(), node(member.target(), value));
            }
        }
        return json;
    }

    private static JsonNode node(Shape shape, Object value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (value) {
            case Struct struct -> object(shape, struct);
            case List<?> list -> {
                ArrayNode array = nodes.arrayNode();
                list.forEach(item -> array.add(node(shape.element().target(), item)));
                yield array;
            }
            case String text -> nodes.textNode(text);
            case Boolean flag -> nodes.booleanNode(flag);
            case Integer number -> nodes.numberNode(number);
            case Long number -> nodes.numberNode(number);
            case Instant instant -> nodes.textNode(instant.toString());
            default -> throw new IllegalArgumentException("a configuration holds no " + value.getClass());
        };
    }

    private static Struct struct(Shape shape, JsonNode json) {
        Struct struct = shape.newStruct();
        for (Member member : shape.members()) {
            JsonNode value = json.get(member.name());
            struct.setAt(member.index(), value == null ? null : value(member.target(), value));
        }
        return struct;
    }

    private static @Nullable Object value(Shape shape, JsonNode json) {
        return switch (shape.kind()) {
            case STRUCTURE -> struct(shape, json);
            case LIST -> {
                List<@Nullable Object> list = new ArrayList<>();
                json.forEach(item -> list.add(value(shape.element().target(), item)));
                yield list;
            }
            case STRING -> json.asText();
            case BOOLEAN -> json.asBoolean();
            case INTEGER -> json.asInt();
            case LONG -> json.asLong();
            case TIMESTAMP -> Instant.parse(json.asText());
            case MAP, FLOAT, DOUBLE, BLOB ->
                throw new IllegalArgumentException("a configuration holds no " + shape.kind());
        };
    }
}
