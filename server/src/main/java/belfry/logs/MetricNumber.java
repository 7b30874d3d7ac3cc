package belfry.logs;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Numbers as metric values: decimal, and between -2^360 and 2^360 as all samples are. */
final class MetricNumber {
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    private static final double MAX = StrictMath.pow(2, 360);

    private MetricNumber() {}

    static boolean fits(double value) {
        return Math.abs(value) <= MAX;
    }

    static boolean isNumber(String text) {
        return parse(text).isPresent();
    }

    /** Empty where the text is no number, or one too large. */
    static OptionalDouble parse(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return OptionalDouble.empty();
        }
        double value = Double.parseDouble(text);
        return fits(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
}
