package belfry.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a Query request's parameters along the input's shape. Unknown parameters are ignored, as AWS does. */
final class QueryReader {
    private QueryReader() {}

    static Struct read(Shape shape, Form form) {
        Struct struct = shape.newStruct();
        for (Member member : shape.members()) {
            Form node = form.child(member.wireName());
            if (node != null) {
                struct.setAt(member.index(), value(member, node));
            }
        }
        return struct;
    }

    private static @Nullable Object value(Member member, Form node) {
        Shape shape = member.target();
        return switch (shape.kind()) {
            case STRUCTURE -> read(shape, node);
            case LIST ->
                list(shape, elements(member.flattened(), node, shape.element().wireNameOr("member")));
            case MAP -> map(shape, elements(member.flattened(), node, "entry"));
            case STRING, INTEGER, LONG, FLOAT, DOUBLE, BOOLEAN, BLOB, TIMESTAMP -> scalar(member, node);
        };
    }

    private static List<Form> elements(boolean flattened, Form node, String between) {
        if (flattened) {
            return node.numbered();
        }
        Form wrapped = node.child(between);
        return wrapped == null ? List.of() : wrapped.numbered();
    }

    private static List<@Nullable Object> list(Shape shape, List<Form> nodes) {
        List<@Nullable Object> list = new ArrayList<>();
        nodes.forEach(node -> list.add(value(shape.element(), node)));
        return list;
    }

    private static Map<String, @Nullable Object> map(Shape shape, List<Form> nodes) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (Form node : nodes) {
            String key = node.text(shape.key().wireNameOr("key"));
            Form value = node.child(shape.value().wireNameOr("value"));
            if (key == null) {
                throw ServiceException.of("MalformedInput", "A map entry has no key.");
            }
            map.put(key, value == null ? null : value(shape.value(), value));
        }
        return map;
    }

    private static @Nullable Object scalar(Member member, Form node) {
        String text = node.text();
        if (text == null) {
            throw ServiceException.of("MalformedInput", "Start of structure or map found where not expected.");
        }
        // An empty parameter is the empty text, and for all other kinds an absent value.
        if (text.isEmpty() && member.target().kind() != Shape.Kind.STRING) {
            return null;
        }
        Object value = Scalars.parse(member.target(), text);
        if (value == null) {
            throw ServiceException.of(
                    "MalformedInput", "The value of " + member.wireName() + " is not a valid " + kind(member) + ".");
        }
        return value;
    }

    private static String kind(Member member) {
        String name = member.target().kind().name();
        return name.charAt(0) + name.substring(1).toLowerCase(java.util.Locale.ROOT);
    }
}
