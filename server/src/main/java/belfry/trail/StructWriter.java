package belfry.trail;

import belfry.wire.Member;
import belfry.wire.Shape;
import belfry.wire.Struct;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes one service's inputs and outputs as records show them: keys with a small first letter, dates as Java's locale
 * text, nothing that {@link Redaction} keeps back. What a shape needs is worked out once and kept.
 */
final class StructWriter {
    /** IAM's recorder prints dates as older Java did. */
    private static final DateTimeFormatter IAM_DATE = DateTimeFormatter.ofPattern("MMM d, yyyy h:mm:ss a", Locale.US);

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("MMM d, yyyy, h:mm:ss a", Locale.US);

    private record Field(String key, int index, Shape shape, boolean masked, String name) {}

    private final String service;
    private final DateTimeFormatter dates;
    private final Map<Shape, List<Field>> fields = new ConcurrentHashMap<>();

    StructWriter(String service) {
        this.service = service;
        this.dates = (service.equals("iam") ? IAM_DATE : DATE).withZone(ZoneOffset.UTC);
    }

    /** {@code SecretId} → {@code secretId}, {@code ARN} → {@code arn}. */
    static String key(String member) {
        if (member.length() > 1 && member.equals(member.toUpperCase(Locale.ROOT))) {
            return member.toLowerCase(Locale.ROOT);
        }
        return Character.toLowerCase(member.charAt(0)) + member.substring(1);
    }

    String date(Instant at) {
        return dates.format(at);
    }

    /** Whether any member would be written. */
    boolean empty(Shape shape, Struct struct) {
        return fields(shape).stream().allMatch(field -> struct.getAt(field.index()) == null);
    }

    void write(JsonGenerator out, Shape shape, Struct struct) throws IOException {
        write(out, shape, struct, null);
    }

    /** Writes an object; of its members only {@code chosen}, where that is given. */
    void write(JsonGenerator out, Shape shape, Struct struct, @Nullable Set<String> chosen) throws IOException {
        out.writeStartObject();
        for (Field field : fields(shape)) {
            Object value = struct.getAt(field.index());
            if (value != null && (chosen == null || chosen.contains(field.name()))) {
                out.writeFieldName(field.key());
                if (field.masked()) {
                    out.writeString(Redaction.HIDDEN);
                } else {
                    value(out, field.shape(), value);
                }
            }
        }
        out.writeEndObject();
    }

    /** Writes a value of a shape that may be shown. */
    void value(JsonGenerator out, Shape shape, Object value) throws IOException {
        switch (shape.kind()) {
            case STRUCTURE -> write(out, shape, (Struct) value);
            case LIST -> list(out, shape.element().target(), (List<?>) value);
            case MAP -> map(out, shape.value().target(), (Map<?, ?>) value);
            case STRING -> out.writeString((String) value);
            case INTEGER -> out.writeNumber((Integer) value);
            case LONG -> out.writeNumber((Long) value);
            case FLOAT -> out.writeNumber((Float) value);
            case DOUBLE -> out.writeNumber((Double) value);
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case TIMESTAMP -> out.writeString(dates.format((Instant) value));
            case BLOB -> throw new IllegalArgumentException("a blob is never recorded");
        }
    }

    private void list(JsonGenerator out, Shape element, List<?> items) throws IOException {
        out.writeStartArray();
        for (Object item : items) {
            nullable(out, element, item);
        }
        out.writeEndArray();
    }

    private void map(JsonGenerator out, Shape element, Map<?, ?> entries) throws IOException {
        out.writeStartObject();
        for (Iterator<? extends Map.Entry<?, ?>> i = entries.entrySet().iterator(); i.hasNext(); ) {
            Map.Entry<?, ?> entry = i.next();
            out.writeFieldName((String) entry.getKey());
            nullable(out, element, entry.getValue());
        }
        out.writeEndObject();
    }

    private void nullable(JsonGenerator out, Shape shape, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else {
            value(out, shape, value);
        }
    }

    private List<Field> fields(Shape shape) {
        return fields.computeIfAbsent(shape, this::workOut);
    }

    private List<Field> workOut(Shape shape) {
        List<Field> list = new ArrayList<>();
        for (Member member : shape.members()) {
            Redaction.Treatment treatment = Redaction.of(service, member);
            if (treatment != Redaction.Treatment.OMIT) {
                boolean masked = treatment == Redaction.Treatment.MASK;
                list.add(new Field(key(member.name()), member.index(), member.target(), masked, member.name()));
            }
        }
        return List.copyOf(list);
    }
}
