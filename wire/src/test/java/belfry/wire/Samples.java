package belfry.wire;

import belfry.api.Services;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random values of shapes, and their comparison; structures have no equals of their own. */
final class Samples {
    private static final int MAX_DEPTH = 5;
    private static final String[] TEXTS = {
        "", "a", "ä€😀", "<&>\"'", "a b+c%20&d=e", "line\nbreak\ttab", "\\\"quoted\\\"", " x "
    };

    private final Random random;

    Samples(long seed) {
        this.random = new Random(seed);
    }

    /** A random operation out of all services that speak the protocol. */
    static Invocation operation(String protocol, Random random) {
        List<ServiceDescriptor> speaking = Services.ALL.stream()
                .filter(s -> s.protocols().contains(protocol))
                .toList();
        ServiceDescriptor service = speaking.get(random.nextInt(speaking.size()));
        // Deprecated operations cannot be reached: newer ones have their addresses.
        List<String> names = service.operations().stream()
                .filter(name -> !service.model().operation(name).deprecated() || !protocol.equals("rest-xml"))
                .toList();
        WireRequest empty = new WireRequest("POST", "/", "", Headers.empty(), Body.empty());
        return Invocation.ofDocument(
                Protocol.JSON_1_1, service, names.get(random.nextInt(names.size())), empty, Limits.defaults());
    }

    Struct struct(Shape shape) {
        return struct(shape, 0);
    }

    private Struct struct(Shape shape, int depth) {
        Struct struct = shape.newStruct();
        for (Member member : shape.members()) {
            boolean deep = member.target().kind() == Shape.Kind.STRUCTURE && depth >= MAX_DEPTH;
            if (!member.streaming() && !deep && !member.target().exception() && random.nextBoolean()) {
                struct.setAt(member.index(), value(member.target(), depth + 1));
            }
        }
        return struct;
    }

    private Object value(Shape shape, int depth) {
        return switch (shape.kind()) {
            case STRUCTURE -> struct(shape, depth);
            case LIST -> list(shape, depth);
            case MAP -> map(shape, depth);
            case STRING -> TEXTS[random.nextInt(TEXTS.length)];
            case INTEGER -> random.nextInt();
            case LONG -> random.nextLong();
            case FLOAT -> random.nextFloat() * 1000;
            case DOUBLE -> random.nextGaussian() * 1e6;
            case BOOLEAN -> random.nextBoolean();
            case BLOB -> bytes();
            case TIMESTAMP -> {
                Instant time = Instant.ofEpochMilli(1_700_000_000_000L + random.nextInt(1_000_000_000));
                // HTTP dates have no milliseconds.
                yield "rfc822".equals(shape.timestampFormat()) ? time.truncatedTo(ChronoUnit.SECONDS) : time;
            }
        };
    }

    private byte[] bytes() {
        byte[] bytes = new byte[1 + random.nextInt(20)];
        random.nextBytes(bytes);
        return bytes;
    }

    private List<Object> list(Shape shape, int depth) {
        List<Object> list = new ArrayList<>();
        for (int i = depth > MAX_DEPTH ? 3 : random.nextInt(3); i < 3; i++) {
            list.add(value(shape.element().target(), depth + 1));
        }
        return list;
    }

    private Map<String, Object> map(Shape shape, int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = depth > MAX_DEPTH ? 3 : random.nextInt(3); i < 3; i++) {
            map.put(
                    TEXTS[1 + random.nextInt(TEXTS.length - 1)],
                    value(shape.value().target(), depth + 1));
        }
        return map;
    }

    /** A value as nested maps and lists of texts, to be compared and printed. */
    static @Nullable Object plain(Shape shape, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (shape.kind()) {
            case STRUCTURE -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (Member member : shape.members()) {
                    Object inner = plain(member.target(), ((Struct) value).getAt(member.index()));
                    if (inner != null) {
                        map.put(member.name(), inner);
                    }
                }
                yield map;
            }
            case LIST ->
                ((List<?>) value)
                        .stream()
                                .map(item -> Objects.requireNonNull(
                                        plain(shape.element().target(), item)))
                                .toList();
            case MAP -> {
                Map<String, Object> map = new LinkedHashMap<>();
                ((Map<?, ?>) value).forEach((k, v) -> {
                    Object inner = plain(shape.value().target(), v);
                    if (inner != null) {
                        map.put((String) k, inner);
                    }
                });
                yield map;
            }
            case BLOB -> java.util.Base64.getEncoder().encodeToString((byte[]) value);
            case STRING, INTEGER, LONG, FLOAT, DOUBLE, BOOLEAN, TIMESTAMP -> value.toString();
        };
    }
}
