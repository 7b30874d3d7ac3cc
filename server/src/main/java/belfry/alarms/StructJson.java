package belfry.alarms;

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

/** Structures of the API as JSON trees and back: how an alarm's configuration lies in its row. */
final class StructJson {
    private StructJson() {}

    static ObjectNode write(Struct struct, Shape shape) {
        ObjectNode json = Json.object();
        for (Member member : shape.members()) {
            Object value = struct.getAt(member.index());
            if (value != null) {
                json.set(member.name(), value(value, member.target()));
            }
        }
        return json;
    }

    static Struct read(JsonNode json, Shape shape) {
        Struct struct = shape.newStruct();
        for (Member member : shape.members()) {
            JsonNode value = json.get(member.name());
            if (value != null) {
                struct.setAt(member.index(), value(value, member.target()));
            }
        }
        return struct;
    }

    /** Sets each member of {@code to} that {@code from} has under the same name. */
    static void copy(Struct from, Shape fromShape, Struct to, Shape toShape) {
        for (Member member : toShape.members()) {
            Member source = fromShape.member(member.name());
            if (source != null) {
                to.setAt(member.index(), from.getAt(source.index()));
            }
        }
    }

    private static JsonNode value(Object value, Shape shape) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (shape.kind()) {
            case STRUCTURE -> write((Struct) value, shape);
            case LIST -> {
                ArrayNode array = json.arrayNode();
                ((List<?>) value)
                        .forEach(item -> array.add(value(item, shape.element().target())));
                yield array;
            }
            case STRING -> json.textNode((String) value);
            case INTEGER -> json.numberNode((Integer) value);
            case DOUBLE -> json.numberNode((Double) value);
            case BOOLEAN -> json.booleanNode((Boolean) value);
            case TIMESTAMP -> json.numberNode(((Instant) value).toEpochMilli());
            case LONG, FLOAT, MAP, BLOB -> throw unknown(shape);
        };
    }

    private static Object value(JsonNode json, Shape shape) {
        return switch (shape.kind()) {
            case STRUCTURE -> read(json, shape);
            case LIST -> {
                List<Object> list = new ArrayList<>(json.size());
                json.forEach(item -> list.add(value(item, shape.element().target())));
                yield list;
            }
            case STRING -> json.asText();
            case INTEGER -> json.asInt();
            case DOUBLE -> json.asDouble();
            case BOOLEAN -> json.asBoolean();
            case TIMESTAMP -> Instant.ofEpochMilli(json.asLong());
            case LONG, FLOAT, MAP, BLOB -> throw unknown(shape);
        };
    }

    private static IllegalArgumentException unknown(Shape shape) {
        return new IllegalArgumentException("an alarm has no member like " + shape.name());
    }
}
