package belfry.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks an input against the constraints of its description: required, length, range, pattern, enumeration. Errors
 * have AWS's text, {@code 1 validation error detected: Value '…' at 'name' failed to satisfy constraint: …}; values of
 * sensitive shapes are never repeated in it.
 */
final class Validator {
    /** As many as one message lists; a hostile request could break thousands of constraints. */
    private static final int MAX_ERRORS = 50;

    /** A value's characters that a message repeats. */
    private static final int MAX_ECHO = 1_024;

    private final List<String> errors = new ArrayList<>();

    private Validator() {}

    /** The violations' joint message, or null where there are none. */
    static @Nullable String check(Shape shape, Struct struct) {
        Validator validator = new Validator();
        validator.structure(shape, struct, "");
        int count = validator.errors.size();
        if (count == 0) {
            return null;
        }
        return count + " validation error" + (count == 1 ? "" : "s") + " detected: "
                + String.join("; ", validator.errors);
    }

    /** The first required member that is absent; null where none is. Members of members are left to {@link #check}. */
    static @Nullable String missing(Shape shape, Struct struct) {
        for (Member member : shape.members()) {
            if (member.required() && struct.getAt(member.index()) == null) {
                return member.name();
            }
        }
        return null;
    }

    private void structure(Shape shape, Struct struct, String path) {
        for (Member member : shape.members()) {
            Object value = struct.getAt(member.index());
            String at = path
                    + Character.toLowerCase(member.name().charAt(0))
                    + member.name().substring(1);
            if (value != null) {
                value(member.target(), value, at);
            } else if (member.required()) {
                error(member.target(), null, at, "Member must not be null");
            }
        }
    }

    private void value(Shape shape, Object value, String at) {
        switch (shape.kind()) {
            case STRUCTURE -> structure(shape, (Struct) value, at + ".");
            case LIST -> list(shape, (List<?>) value, at);
            case MAP -> map(shape, (Map<?, ?>) value, at);
            case STRING, INTEGER, LONG, FLOAT, DOUBLE, BLOB, BOOLEAN, TIMESTAMP -> {
                for (Constraint constraint : Constraint.broken(shape, value)) {
                    error(shape, value, at, "Member must " + constraint.text());
                }
            }
        }
    }

    private void list(Shape shape, List<?> list, String at) {
        size(shape, list.size(), list, at);
        Shape element = shape.element().target();
        for (int i = 0; i < list.size(); i++) {
            Object item = list.get(i);
            if (item == null) {
                error(shape, list, at, "Member must not be null");
                return;
            }
            if (item instanceof Struct || item instanceof List<?> || item instanceof Map<?, ?>) {
                value(element, item, at + "." + (i + 1) + ".member");
            } else if (!Constraint.broken(element, item).isEmpty()) {
                error(shape, list, at, "Member must satisfy constraint: " + Constraint.texts(element));
                return;
            }
        }
    }

    private void map(Shape shape, Map<?, ?> map, String at) {
        size(shape, map.size(), map, at);
        Shape key = shape.key().target();
        Shape value = shape.value().target();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!Constraint.broken(key, entry.getKey()).isEmpty()) {
                error(shape, map, at, "Map keys must satisfy constraint: " + Constraint.texts(key));
                return;
            }
            if (entry.getValue() == null) {
                error(shape, map, at, "Map value must not be null");
                return;
            }
            if (entry.getValue() instanceof Struct || entry.getValue() instanceof List<?>) {
                value(value, entry.getValue(), at + "." + entry.getKey() + ".member");
            } else if (!Constraint.broken(value, entry.getValue()).isEmpty()) {
                error(shape, map, at, "Map value must satisfy constraint: " + Constraint.texts(value));
                return;
            }
        }
    }

    private void size(Shape shape, int size, Object value, String at) {
        Long min = shape.min();
        Long max = shape.max();
        if (min != null && size < min) {
            error(shape, value, at, "Member must have length greater than or equal to " + min);
        }
        if (max != null && size > max) {
            error(shape, value, at, "Member must have length less than or equal to " + max);
        }
    }

    private void error(Shape shape, @Nullable Object value, String at, String what) {
        if (errors.size() < MAX_ERRORS) {
            errors.add("Value " + echo(shape, value) + "at '" + at + "' failed to satisfy constraint: " + what);
        }
    }

    private static String echo(Shape shape, @Nullable Object value) {
        if (value == null) {
            return "null ";
        }
        // Structures are not printed: any of their members may be sensitive.
        if (sensitive(shape) || shape.kind() == Shape.Kind.BLOB) {
            return "";
        }
        String text = value.toString();
        return "'" + (text.length() > MAX_ECHO ? text.substring(0, MAX_ECHO) + "…" : text) + "' ";
    }

    private static boolean sensitive(Shape shape) {
        return shape.sensitive()
                || switch (shape.kind()) {
                    case STRUCTURE -> true;
                    case LIST -> sensitive(shape.element().target());
                    case MAP ->
                        sensitive(shape.key().target())
                                || sensitive(shape.value().target());
                    default -> false;
                };
    }
}
