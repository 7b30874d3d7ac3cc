package belfry.engine.pattern;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** A number as a pattern or a line writes it: its value, and its digits where a double cannot hold them. */
record Decimal(double value, String digits) {
    private static final int EXACT_IN_DOUBLE = 15;
    private static final int MAX_EXACT_LENGTH = 64;

    /** Whether the bytes are {@code [+-]digits[.digits][e[+-]digits]}. */
    static boolean isNumber(byte[] b, int from, int to) {
        int i = from < to && (b[from] == '-' || b[from] == '+') ? from + 1 : from;
        int whole = skipDigits(b, i, to);
        if (whole == i) {
            return false;
        }
        i = whole;
        if (i < to && b[i] == '.') {
            int fraction = skipDigits(b, i + 1, to);
            if (fraction == i + 1) {
                return false;
            }
            i = fraction;
        }
        if (i < to && (b[i] | 0x20) == 'e') {
            int sign = i + 1 < to && (b[i + 1] == '-' || b[i + 1] == '+') ? i + 2 : i + 1;
            i = skipDigits(b, sign, to);
            return i == to && i > sign;
        }
        return i == to;
    }

    private static int skipDigits(byte[] b, int from, int to) {
        int i = from;
        while (i < to && b[i] >= '0' && b[i] <= '9') {
            i++;
        }
        return i;
    }

    static Decimal of(String digits) {
        return new Decimal(Double.parseDouble(digits), digits);
    }

    static boolean isNumber(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return isNumber(bytes, 0, bytes.length);
    }

    /** The sign of "the number in these bytes minus this one"; call it only where {@link #isNumber} holds. */
    int compareFrom(byte[] b, int from, int to) {
        if (to - from <= EXACT_IN_DOUBLE && b[from] >= '0' && skipDigits(b, from, to) == to) {
            long left = 0;
            for (int i = from; i < to; i++) {
                left = left * 10 + (b[i] - '0');
            }
            return Double.compare((double) left, value + 0.0);
        }
        return compareFrom(new String(b, from, to - from, StandardCharsets.ISO_8859_1));
    }

    private int compareFrom(String left) {
        int order = Double.compare(Double.parseDouble(left) + 0.0, value + 0.0);
        boolean inexact = inexact(left) || inexact(digits);
        boolean shortEnough = Math.max(left.length(), digits.length()) <= MAX_EXACT_LENGTH;
        return order == 0 && inexact && shortEnough ? compareExactly(left) : order;
    }

    private static boolean inexact(String digits) {
        return digits.length() > EXACT_IN_DOUBLE || digits.indexOf('e') >= 0 || digits.indexOf('E') >= 0;
    }

    private int compareExactly(String left) {
        try {
            return new BigDecimal(left).compareTo(new BigDecimal(digits));
        } catch (NumberFormatException _) {
            // An exponent beyond BigDecimal's: both doubles were equal, which is all that can be said.
            return 0;
        }
    }
}
