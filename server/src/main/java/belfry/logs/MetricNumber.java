package belfry.logs;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Numbers as metric values: decimal, finite. */
final class MetricNumber {
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    private MetricNumber() {}

    static boolean isNumber(String text) {
        return parse(text).isPresent();
    }

    /** Empty where the text is no number, or one too large. */
    static OptionalDouble parse(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return OptionalDouble.empty();
        }
        double value = Double.parseDouble(text);
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
}
