package belfry.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What a codec writes, it reads; with random values of random operations of all services. */
class RoundTripTest {
    @Property(tries = 500)
    void jsonReadsWhatItWrites(@ForAll long seed) {
        documentRoundTrip("json", Protocol.JSON_1_1, seed);
    }

    @Property(tries = 500)
    void cborReadsWhatItWrites(@ForAll long seed) {
        documentRoundTrip("json", Protocol.CBOR, seed);
    }

    private static void documentRoundTrip(String spoken, Protocol protocol, long seed) {
        for (Shape shape : shapes(spoken, seed)) {
            Struct struct = new Samples(seed).struct(shape);
            byte[] written = JsonWriter.write(Codecs.of(protocol), shape, struct);
            Struct read = JsonReader.read(Codecs.of(protocol), shape, written);
            assertThat(Samples.plain(shape, read)).isEqualTo(Samples.plain(shape, struct));
        }
    }

    @Property(tries = 500)
    void queryReadsWhatAClientWrites(@ForAll long seed) {
        for (Shape shape : shapes("query", seed)) {
            Struct struct = new Samples(seed).struct(shape);
            List<String> pairs = new ArrayList<>();
            form(shape, struct, "", pairs);
            Struct read = QueryReader.read(shape, Form.parse(String.join("&", pairs)));
            assertThat(withoutEmpty(plain(shape, read))).isEqualTo(withoutEmpty(plain(shape, struct)));
        }
    }

    @Property(tries = 500)
    void xmlReadsWhatItWrites(@ForAll long seed) {
        for (Shape shape : shapes("rest-xml", seed)) {
            for (Member member : shape.members()) {
                Shape inner = member.target();
                if (inner.kind() == Shape.Kind.STRUCTURE) {
                    Struct struct = new Samples(seed).struct(inner);
                    XmlWriter writer = new XmlWriter("iso8601-millis");
                    writer.value(inner, "Root", struct);
                    Struct read = XmlReader.read(inner, "Root", writer.bytes());
                    assertThat(withoutEmpty(plain(inner, read))).isEqualTo(withoutEmpty(plain(inner, struct)));
                }
            }
        }
    }

    /** Input and output of a random operation. */
    private static List<Shape> shapes(String protocol, long seed) {
        Operation operation = Samples.operation(protocol, new Random(seed)).description();
        List<Shape> shapes = new ArrayList<>();
        if (operation.input() != null) {
            shapes.add(operation.input());
        }
        if (operation.output() != null) {
            shapes.add(operation.output());
        }
        return shapes;
    }

    /** A client's side of Query, straight from the protocol's text. */
    private static void form(Shape shape, Object value, String prefix, List<String> pairs) {
        for (Member member : shape.members()) {
            Object inner = ((Struct) value).getAt(member.index());
            if (inner != null) {
                formValue(member, inner, prefix + member.wireName(), pairs);
            }
        }
    }

    private static void formValue(Member member, Object value, String name, List<String> pairs) {
        Shape shape = member.target();
        switch (shape.kind()) {
            case STRUCTURE -> form(shape, value, name + ".", pairs);
            case LIST -> {
                String between = member.flattened() ? "" : "." + shape.element().wireNameOr("member");
                int i = 0;
                for (Object item : (List<?>) value) {
                    formValue(shape.element(), item, name + between + "." + ++i, pairs);
                }
            }
            case MAP -> {
                int i = 0;
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                    String at = name + (member.flattened() ? "" : ".entry") + "." + ++i;
                    pairs.add(at + "." + shape.key().wireNameOr("key") + "=" + encoded((String) entry.getKey()));
                    String valueName = at + "." + shape.value().wireNameOr("value");
                    formValue(shape.value(), Objects.requireNonNull(entry.getValue()), valueName, pairs);
                }
            }
            case BLOB -> pairs.add(name + "=" + encoded(Base64.getEncoder().encodeToString((byte[]) value)));
            case TIMESTAMP -> pairs.add(name + "=" + encoded(((Instant) value).toString()));
            case STRING, INTEGER, LONG, FLOAT, DOUBLE, BOOLEAN -> pairs.add(name + "=" + encoded(value.toString()));
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Object plain(Shape shape, Struct struct) {
        return Objects.requireNonNull(Samples.plain(shape, struct));
    }

    /** Forms, and flattened XML lists, cannot tell an empty structure, list or map from none. */
    private static Object withoutEmpty(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> kept = new java.util.LinkedHashMap<>();
            map.forEach((k, v) -> {
                Object inner = withoutEmpty(v);
                if (!isEmpty(inner)) {
                    kept.put(k, inner);
                }
            });
            return kept;
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(RoundTripTest::withoutEmpty)
                    .filter(item -> !isEmpty(item))
                    .toList();
        }
        return value;
    }

    private static boolean isEmpty(Object value) {
        return (value instanceof Map<?, ?> map && map.isEmpty()) || (value instanceof List<?> list && list.isEmpty());
    }
}
