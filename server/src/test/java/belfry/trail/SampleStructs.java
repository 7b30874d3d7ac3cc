package belfry.trail;

import belfry.wire.Member;
import belfry.wire.Shape;
import belfry.wire.Struct;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Inputs and outputs of any operation: filled to the brim with markers, or read back from what a real record shows. */
final class SampleStructs {
    private static final int DEPTH_MAX = 4;

    private SampleStructs() {}

    /** Every member has a value; texts and blobs are {@code marker}. */
    static Struct full(Shape shape, String marker) {
        return (Struct) value(shape, marker, 0);
    }

    private static Object value(Shape shape, String marker, int depth) {
        return switch (shape.kind()) {
            case STRUCTURE -> {
                Struct struct = shape.newStruct();
                for (Member member : shape.members()) {
                    if (depth < DEPTH_MAX
                            && !member.streaming()
                            && !member.target().exception()) {
                        struct.setAt(member.index(), value(member.target(), marker, depth + 1));
                    }
                }
                yield struct;
            }
            case LIST -> depth < DEPTH_MAX ? List.of(value(shape.element().target(), marker, depth + 1)) : List.of();
            case MAP -> depth < DEPTH_MAX ? Map.of(marker, value(shape.value().target(), marker, depth + 1)) : Map.of();
            case STRING -> marker;
            case INTEGER -> 1;
            case LONG -> 1L;
            case FLOAT -> 1f;
            case DOUBLE -> 1d;
            case BOOLEAN -> true;
            case TIMESTAMP -> Instant.EPOCH;
            case BLOB -> marker.getBytes(StandardCharsets.UTF_8);
        };
    }

    /** What {@code json}, part of a record, tells of a request or an answer. */
    static Struct read(Shape shape, JsonNode json) {
        return (Struct) from(shape, json);
    }

    private static Object from(Shape shape, JsonNode json) {
        return switch (shape.kind()) {
            case STRUCTURE -> {
                Struct struct = shape.newStruct();
                for (Member member : shape.members()) {
                    JsonNode value = json.get(StructWriter.key(member.name()));
                    if (value != null) {
                        struct.setAt(member.index(), from(member.target(), value));
                    }
                }
                yield struct;
            }
            case LIST -> {
                List<Object> list = new ArrayList<>();
                json.forEach(item -> list.add(from(shape.element().target(), item)));
                yield list;
            }
            case MAP -> {
                Map<String, Object> map = new HashMap<>();
                json.properties()
                        .forEach(entry ->
                                map.put(entry.getKey(), from(shape.value().target(), entry.getValue())));
                yield map;
            }
            case STRING -> json.asText();
            case INTEGER -> json.asInt();
            case LONG -> json.asLong();
            case FLOAT -> (float) json.asDouble();
            case DOUBLE -> json.asDouble();
            case BOOLEAN -> json.asBoolean();
            case TIMESTAMP -> date(json.asText());
            case BLOB -> json.asText().getBytes(StandardCharsets.UTF_8);
        };
    }

    private static Instant date(String text) {
        String form = text.replaceFirst("(\\d{4}) ", "$1, ");
        return LocalDateTime.parse(form, DateTimeFormatter.ofPattern("MMM d, yyyy, h:mm:ss a", Locale.US))
                .toInstant(ZoneOffset.UTC);
    }
}
