package belfry.base;

import belfry.wire.Member;
import belfry.wire.ServiceModel;
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

/**
 * One service's structures as JSON documents and back, members by their names: how configurations lie in rows. Holds
 * structures, lists and plain values; times are ISO 8601 text (milliseconds, as older rows have them, are read too).
 */
public final class Structs {
    private final ServiceModel model;

    public Structs(ServiceModel model) {
        this.model = model;
    }

    public ObjectNode write(Struct struct) {
        return object(shape(struct.getClass()), struct);
    }

    public <S extends Struct> S read(Class<S> type, String json) {
        return type.cast(struct(shape(type), Json.parse(json)));
    }

    /** Sets each member of {@code to} that {@code from} knows under the same name, and returns {@code to}. */
    public <S extends Struct> S copy(Struct from, S to) {
        Shape source = shape(from.getClass());
        for (Member member : shape(to.getClass()).members()) {
            Member same = source.member(member.name());
            if (same != null) {
                to.setAt(member.index(), from.getAt(same.index()));
            }
        }
        return to;
    }

    private Shape shape(Class<?> type) {
        return model.shape(type.getSimpleName());
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
                ArrayNode array = nodes.arrayNode(list.size());
                list.forEach(item -> array.add(node(shape.element().target(), item)));
                yield array;
            }
            case String text -> nodes.textNode(text);
            case Boolean flag -> nodes.booleanNode(flag);
            case Integer number -> nodes.numberNode(number);
            case Long number -> nodes.numberNode(number);
            case Double number -> nodes.numberNode(number);
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
                List<@Nullable Object> list = new ArrayList<>(json.size());
                json.forEach(item -> list.add(value(shape.element().target(), item)));
                yield list;
            }
            case STRING -> json.asText();
            case BOOLEAN -> json.asBoolean();
            case INTEGER -> json.asInt();
            case LONG -> json.asLong();
            case DOUBLE -> json.asDouble();
            case TIMESTAMP -> json.isNumber() ? Instant.ofEpochMilli(json.asLong()) : Instant.parse(json.asText());
            case MAP, FLOAT, BLOB -> throw new IllegalArgumentException("a configuration holds no " + shape.kind());
        };
    }
}
