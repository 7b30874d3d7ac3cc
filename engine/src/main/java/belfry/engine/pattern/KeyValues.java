package belfry.engine.pattern;

import java.util.ArrayList;
import java.util.List;

/** A property's name and some of its values, looked for in raw JSON without reading the rest. */
final class KeyValues {
    private final Utf8 quotedKey;
    private final List<Utf8> values;
    private final Utf8Table table;

    private KeyValues(Utf8 quotedKey, List<Utf8> values) {
        this.quotedKey = quotedKey;
        this.values = List.copyOf(values);
        this.table = new Utf8Table(values);
    }

    static KeyValues of(String key, Utf8 value) {
        return new KeyValues(Utf8.of('"' + key + '"'), List.of(value));
    }

    Utf8 quotedKey() {
        return quotedKey;
    }

    List<Utf8> values() {
        return values;
    }

    boolean sameKey(KeyValues other) {
        return quotedKey.equals(other.quotedKey);
    }

    KeyValues with(KeyValues other) {
        List<Utf8> all = new ArrayList<>(values);
        other.values.stream().filter(value -> !all.contains(value)).forEach(all::add);
        return new KeyValues(quotedKey, all);
    }

    boolean anyIn(byte[] b, int from, int to) {
        return nextValue(quotedKey, table, b, from, to, null);
    }

    /** Told which of a table's values a key has. */
    interface Found {
        void value(int index);
    }

    /** Looks at each place where the key stands; without a listener, stops at the first value of the table. */
    static boolean nextValue(
            Utf8 quotedKey,
            Utf8Table table,
            byte[] b,
            int from,
            int to,
            @org.jspecify.annotations.Nullable Found found) {
        boolean any = false;
        int i = from;
        while ((i = quotedKey.indexIn(b, i, to)) >= 0) {
            i += quotedKey.length();
            int value = Json.skipColon(b, i, to);
            if (value >= 0 && value < to) {
                boolean string = b[value] == '"';
                int start = string ? value + 1 : value;
                int index = table.indexOf(b, start, string ? stringEnd(b, start, to) : bareEnd(b, start, to));
                if (index >= 0 && found == null) {
                    return true;
                }
                any |= index >= 0;
                if (index >= 0 && found != null) {
                    found.value(index);
                }
            }
        }
        return any;
    }

    /** The next quote; the values that are looked for have none inside. */
    private static int stringEnd(byte[] b, int from, int to) {
        int i = from;
        while (i < to && b[i] != '"') {
            i++;
        }
        return i;
    }

    private static int bareEnd(byte[] b, int from, int to) {
        int i = from;
        while (i < to && b[i] > ' ' && b[i] != ',' && b[i] != '}' && b[i] != ']') {
            i++;
        }
        return i;
    }
}
