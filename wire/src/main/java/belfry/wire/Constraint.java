package belfry.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One constraint of a single value.
 *
 * @param text what follows "Member must" in AWS's message
 */
record Constraint(String text, boolean broken) {
    /** The constraints that the value breaks; a value in order costs nothing but the checks. */
    static List<Constraint> broken(Shape shape, Object value) {
        return satisfied(shape, value)
                ? List.of()
                : all(shape, value).stream().filter(Constraint::broken).toList();
    }

    /** All constraints of a list's elements, as AWS names them when one element breaks one of them. */
    static String texts(Shape shape) {
        return all(shape, null).stream()
                .map(constraint -> "Member must " + constraint.text())
                .toList()
                .toString();
    }

    private static boolean satisfied(Shape shape, Object value) {
        return !above(shape, value)
                && !below(shape, value)
                && matches(shape, value)
                && (shape.enumeration().isEmpty() || shape.enumeration().contains(value));
    }

    private static List<Constraint> all(Shape shape, @Nullable Object value) {
        List<Constraint> all = new ArrayList<>();
        boolean length = shape.kind() == Shape.Kind.STRING || shape.kind() == Shape.Kind.BLOB;
        String what = length ? "have length " : "have value ";
        if (shape.max() != null) {
            all.add(new Constraint(
                    what + "less than or equal to " + shape.max(), value != null && above(shape, value)));
        }
        if (shape.min() != null) {
            all.add(new Constraint(
                    what + "greater than or equal to " + shape.min(), value != null && below(shape, value)));
        }
        if (shape.pattern() != null) {
            String text = "satisfy regular expression pattern: " + shape.pattern();
            all.add(new Constraint(text, value != null && !matches(shape, value)));
        }
        if (!shape.enumeration().isEmpty()) {
            boolean broken = value != null && !shape.enumeration().contains(value);
            all.add(new Constraint("satisfy enum value set: " + enumeration(shape), broken));
        }
        return all;
    }

    private static String enumeration(Shape shape) {
        return "[" + String.join(", ", shape.enumeration()) + "]";
    }

    private static boolean above(Shape shape, Object value) {
        Long max = shape.max();
        return max != null && measure(value) > max;
    }

    private static boolean below(Shape shape, Object value) {
        Long min = shape.min();
        return min != null && measure(value) < min;
    }

    /** A text's characters, a blob's bytes, a number itself; NaN, which is neither above nor below, for the rest. */
    private static double measure(Object value) {
        return switch (value) {
            case String text -> text.codePointCount(0, text.length());
            case byte[] bytes -> bytes.length;
            case Number number -> number.doubleValue();
            default -> Double.NaN;
        };
    }

    private static boolean matches(Shape shape, Object value) {
        Pattern pattern = shape.pattern();
        // Patterns of over-long texts are not tried: their cost grows with the text.
        if (pattern == null || !(value instanceof String text) || above(shape, value)) {
            return true;
        }
        try {
            return pattern.matcher(text).matches();
        } catch (StackOverflowError e) {
            // java.util.regex recurses over alternatives in loops; no text that AWS takes needs so many.
            return false;
        }
    }
}
