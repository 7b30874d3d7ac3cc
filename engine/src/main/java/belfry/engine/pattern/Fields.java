package belfry.engine.pattern;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A line cut into fields (filter-patterns.md §5.1): at blanks, where a run that begins with {@code [} or {@code "} and ends
 * with its counterpart before a blank is one field without its delimiters.
 */
final class Fields {
    private int[] bounds = new int[32];
    private int count;

    private Fields() {}

    static Fields split(byte[] b, int from, int to) {
        Fields fields = new Fields();
        boolean bracketsClose = true;
        boolean quotesClose = true;
        int i = from;
        while ((i = skipBlanks(b, i, to)) < to) {
            boolean bracket = b[i] == '[' && bracketsClose;
            boolean quote = b[i] == '"' && quotesClose;
            int close = bracket || quote ? closing(b, i + 1, to, bracket ? (byte) ']' : (byte) '"') : -1;
            if (close >= 0) {
                fields.add(i + 1, close);
                i = close + 1;
            } else {
                // Nothing closes from here on, so it will not further right either: never search twice.
                bracketsClose &= !bracket;
                quotesClose &= !quote;
                int end = wordEnd(b, i, to);
                fields.add(i, end);
                i = end;
            }
        }
        return fields;
    }

    private static int closing(byte[] b, int from, int to, byte delimiter) {
        for (int i = from; i < to; i++) {
            if (b[i] == delimiter && (i + 1 == to || isBlank(b[i + 1]))) {
                return i;
            }
        }
        return -1;
    }

    private static int skipBlanks(byte[] b, int from, int to) {
        int i = from;
        while (i < to && isBlank(b[i])) {
            i++;
        }
        return i;
    }

    private static int wordEnd(byte[] b, int from, int to) {
        int i = from;
        while (i < to && !isBlank(b[i])) {
            i++;
        }
        return i;
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private void add(int from, int to) {
        if (2 * count == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        bounds[2 * count] = from;
        bounds[2 * count + 1] = to;
        count++;
    }

    int count() {
        return count;
    }

    int from(int field) {
        return bounds[2 * field];
    }

    int to(int field) {
        return bounds[2 * field + 1];
    }

    String text(byte[] b, int field) {
        return new String(b, from(field), to(field) - from(field), StandardCharsets.UTF_8);
    }
}
