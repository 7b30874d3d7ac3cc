package belfry.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON or CBOR along a shape. Absent members are left out; timestamps are seconds since 1970. */
final class JsonWriter {
    /** CBOR's tag of a time in seconds since 1970. */
    private static final int EPOCH_TAG = 1;

    private final JsonGenerator out;

    private JsonWriter(JsonGenerator out) {
        this.out = out;
    }

    /** The document of a structure; {@code shape} is null for an operation without output. */
    static byte[] write(JsonFactory factory, @Nullable Shape shape, Struct struct) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = factory.createGenerator(bytes)) {
            if (shape == null) {
                out.writeStartObject();
                out.writeEndObject();
            } else {
                new JsonWriter(out).structure(shape, struct);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The document of an error; members of its shape are written along that shape. */
    static byte[] error(
            JsonFactory factory, String type, String messageName, ServiceException error, @Nullable Shape s) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator out = factory.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringField("__type", type);
            if (error.getMessage() != null) {
                out.writeStringField(messageName, error.getMessage());
            }
            for (Map.Entry<String, Object> extra : error.members().entrySet()) {
                out.writeFieldName(extra.getKey());
                new JsonWriter(out).extra(s == null ? null : s.member(extra.getKey()), extra.getValue());
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void extra(@Nullable Member member, Object value) throws IOException {
        if (member == null) {
            out.writeString(String.valueOf(value));
        } else {
            value(member.target(), value);
        }
    }

    private void structure(Shape shape, Struct struct) throws IOException {
        out.writeStartObject();
        for (Member member : shape.members()) {
            Object value = struct.getAt(member.index());
            if (value != null) {
                out.writeFieldName(member.name());
                value(member.target(), value);
            }
        }
        out.writeEndObject();
    }

    private void value(Shape shape, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeNull();
            return;
        }
        switch (shape.kind()) {
            case STRUCTURE -> structure(shape, (Struct) value);
            case LIST -> list(shape, (List<?>) value);
            case MAP -> map(shape, (Map<?, ?>) value);
            case STRING -> out.writeString((String) value);
            case INTEGER -> out.writeNumber((Integer) value);
            case LONG -> out.writeNumber((Long) value);
            case FLOAT -> out.writeNumber((Float) value);
            case DOUBLE -> out.writeNumber((Double) value);
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case BLOB -> out.writeBinary((byte[]) value);
            case TIMESTAMP -> time((Instant) value);
        }
    }

    private void list(Shape shape, List<?> list) throws IOException {
        out.writeStartArray();
        for (Object item : list) {
            value(shape.element().target(), item);
        }
        out.writeEndArray();
    }

    private void map(Shape shape, Map<?, ?> map) throws IOException {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.writeFieldName((String) entry.getKey());
            value(shape.value().target(), entry.getValue());
        }
        out.writeEndObject();
    }

    private void time(Instant time) throws IOException {
        long millis = time.toEpochMilli();
        if (out instanceof CBORGenerator cbor) {
            cbor.writeTag(EPOCH_TAG);
            cbor.writeNumber(millis / 1000d);
        } else if (millis % 1000 == 0) {
            out.writeNumber(millis / 1000);
        } else {
            out.writeNumber(BigDecimal.valueOf(millis, 3));
        }
    }
}
