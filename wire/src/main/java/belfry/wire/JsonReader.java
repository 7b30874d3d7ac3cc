package belfry.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON or CBOR along a shape: one walk for both, since both are the same tokens. Unknown members are skipped, as
 * AWS does. No error repeats the input, which may hold a secret.
 */
final class JsonReader {
    /** Times that AWS takes: years 1 to 9999 or so, in seconds. */
    private static final double MAX_SECONDS = 253_402_300_799d;

    private final JsonParser parser;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    /** The structure that {@code body} holds; an empty body is an empty structure. */
    static Struct read(JsonFactory factory, Shape shape, byte[] body) {
        if (body.length == 0) {
            return shape.newStruct();
        }
        try (JsonParser parser = factory.createParser(body)) {
            JsonReader reader = new JsonReader(parser);
            reader.next();
            Object value = reader.value(shape);
            if (parser.nextToken() != null) {
                throw error("Unexpected content after the end of the document");
            }
            return value == null ? shape.newStruct() : (Struct) value;
        } catch (JsonEOFException e) {
            throw error("Unexpected end of input");
        } catch (InputCoercionException e) {
            throw error("NUMBER_VALUE is out of range");
        } catch (IOException | IllegalArgumentException e) {
            // Jackson's own texts quote the input.
            throw error("The request body could not be parsed");
        }
    }

    private @Nullable Object value(Shape shape) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        return switch (shape.kind()) {
            case STRUCTURE -> structure(shape);
            case LIST -> list(shape);
            case MAP -> map(shape);
            case STRING -> text();
            case INTEGER -> Math.toIntExact(integer("an Integer", Integer.MIN_VALUE, Integer.MAX_VALUE));
            case LONG -> integer("a Long", Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT -> (float) number("a Float");
            case DOUBLE -> number("a Double");
            case BOOLEAN -> bool();
            case BLOB -> blob();
            case TIMESTAMP -> time();
        };
    }

    private Struct structure(Shape shape) throws IOException {
        expectStart(JsonToken.START_OBJECT, "Expected structure or null");
        Struct struct = shape.newStruct();
        while (next() == JsonToken.FIELD_NAME) {
            Member member = shape.member(parser.currentName());
            next();
            if (member == null) {
                parser.skipChildren();
            } else {
                struct.setAt(member.index(), value(member.target()));
            }
        }
        return struct;
    }

    private List<@Nullable Object> list(Shape shape) throws IOException {
        expectStart(JsonToken.START_ARRAY, "Expected list or null");
        List<@Nullable Object> list = new ArrayList<>();
        while (next() != JsonToken.END_ARRAY) {
            list.add(value(shape.element().target()));
        }
        return list;
    }

    private Map<String, @Nullable Object> map(Shape shape) throws IOException {
        expectStart(JsonToken.START_OBJECT, "Expected map or null");
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (next() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            next();
            map.put(key, value(shape.value().target()));
        }
        return map;
    }

    /** The next token; where a document ends too early, not every parser says so itself. */
    private JsonToken next() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw error("Unexpected end of input");
        }
        return token;
    }

    private void expectStart(JsonToken expected, String message) {
        JsonToken token = parser.currentToken();
        if (token == expected) {
            return;
        }
        throw switch (token) {
            case START_OBJECT -> error("Start of structure or map found where not expected.");
            case START_ARRAY -> error("Start of list found where not expected");
            default -> error(message);
        };
    }

    private String text() throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw mismatch("a String");
        }
        return parser.getText();
    }

    private Boolean bool() throws IOException {
        if (!parser.currentToken().isBoolean()) {
            throw mismatch("a Boolean");
        }
        return parser.getBooleanValue();
    }

    private byte[] blob() throws IOException {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_EMBEDDED_OBJECT) {
            throw mismatch("a Blob");
        }
        return parser.getBinaryValue();
    }

    private long integer(String type, long min, long max) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            double number = parser.getDoubleValue();
            // 1.0 and 1e3 are whole numbers too; beyond 2^53 a float no longer says which one it means.
            if (number != Math.rint(number) || Math.abs(number) > 1L << 53 || number < min || number > max) {
                throw mismatch(type);
            }
            return (long) number;
        }
        if (token != JsonToken.VALUE_NUMBER_INT) {
            throw mismatch(type);
        }
        long number = parser.getLongValue();
        if (number < min || number > max) {
            throw mismatch(type);
        }
        return number;
    }

    private double number(String type) throws IOException {
        JsonToken token = parser.currentToken();
        if (token.isNumeric()) {
            return parser.getDoubleValue();
        }
        String text = token == JsonToken.VALUE_STRING ? parser.getText() : "";
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw mismatch(type);
        };
    }

    private Instant time() throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            try {
                return OffsetDateTime.parse(parser.getText()).toInstant();
            } catch (DateTimeException e) {
                throw mismatch("a Timestamp");
            }
        }
        double seconds = number("a Timestamp");
        if (!(Math.abs(seconds) <= MAX_SECONDS)) {
            throw error("NUMBER_VALUE is out of range");
        }
        return Instant.ofEpochMilli(Math.round(seconds * 1000));
    }

    private ServiceException mismatch(String type) {
        String found = switch (parser.currentToken()) {
            case START_OBJECT -> "START_OBJECT";
            case START_ARRAY -> "START_ARRAY";
            case VALUE_STRING -> "STRING_VALUE";
            case VALUE_NUMBER_INT -> "NUMBER_VALUE";
            case VALUE_NUMBER_FLOAT -> "DECIMAL_VALUE";
            case VALUE_TRUE -> "TRUE_VALUE";
            case VALUE_FALSE -> "FALSE_VALUE";
            default -> "VALUE";
        };
        return switch (found) {
            case "START_OBJECT" -> error("Start of structure or map found where not expected.");
            case "START_ARRAY" -> error("Start of list found where not expected");
            default -> error(found + " can not be converted to " + type);
        };
    }

    private static ServiceException error(String message) {
        return ServiceException.of("SerializationException", message);
    }
}
