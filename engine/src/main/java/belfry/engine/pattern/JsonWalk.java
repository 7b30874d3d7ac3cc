package belfry.engine.pattern;

import belfry.engine.pattern.Selector.Step;
import java.util.Arrays;
import java.util.List;

/** Walks the steps of a selector that a {@link JsonPlan} does not know (indices, wildcards) inside a checked value. */
final class JsonWalk {
    private JsonWalk() {}

    /** Asked of each selected value, raw; true stops the walk. */
    interface Visitor {
        boolean visit(byte[] b, int from, int to);
    }

    /** Whether the visitor said true for a value selected by the steps from {@code at} on. */
    static boolean any(byte[] b, int from, int to, List<Step> steps, int at, Visitor visitor) {
        if (at == steps.size()) {
            return visitor.visit(b, from, to);
        }
        Visitor next = (l, f, t) -> any(l, f, t, steps, at + 1, visitor);
        boolean object = b[from] == '{';
        boolean array = b[from] == '[';
        return switch (steps.get(at)) {
            case Step.Name(String name) -> object && named(b, from, to, Utf8.of(name), next);
            case Step.Index(int index) -> array && elements(b, from, to, index, next);
            case Step.AnyElement _ -> array && elements(b, from, to, -1, next);
            case Step.AnyField _ -> object && all(b, from, to, next);
        };
    }

    private static boolean named(byte[] b, int from, int to, Utf8 name, Visitor visitor) {
        int[] last = new int[2];
        fields(b, Json.skipBlanks(b, from + 1, to), to, (keyFrom, keyTo, value, end) -> {
            if (isKey(b, keyFrom, keyTo, name)) {
                last[0] = value;
                last[1] = end;
            }
        });
        return last[1] != 0 && visitor.visit(b, last[0], last[1]);
    }

    private static boolean isKey(byte[] b, int from, int to, Utf8 name) {
        if (!Json.isPlain(b, from, to)) {
            byte[] key = Json.decode(b, from, to);
            return name.is(key, 0, key.length);
        }
        return name.is(b, from, to);
    }

    /** Visits every property's value, and trusts a yes only if the key does not come again: its last value counts. */
    private static boolean all(byte[] b, int from, int to, Visitor visitor) {
        int i = Json.skipBlanks(b, from + 1, to);
        while (b[i] != '}') {
            int keyEnd = Json.skipString(b, i, to);
            int value = Json.skipColon(b, keyEnd, to);
            int end = Json.skipValue(b, value, to, 0);
            if (visitor.visit(b, value, end) && !comesAgain(b, i + 1, keyEnd - 1, end, to)) {
                return true;
            }
            i = nextItem(b, end, to);
        }
        return false;
    }

    /** Whether a key between {@code keyFrom} and {@code keyTo} stands again behind its value's end. */
    private static boolean comesAgain(byte[] b, int keyFrom, int keyTo, int end, int to) {
        byte[] key = Json.decode(b, keyFrom, keyTo);
        boolean[] again = new boolean[1];
        fields(
                b,
                nextItem(b, end, to),
                to,
                (from, until, value, valueEnd) -> again[0] |= Arrays.equals(key, Json.decode(b, from, until)));
        return again[0];
    }

    /** Visits one element, or all when {@code wanted} is negative. */
    private static boolean elements(byte[] b, int from, int to, int wanted, Visitor visitor) {
        int i = Json.skipBlanks(b, from + 1, to);
        for (int n = 0; b[i] != ']'; n++) {
            int end = Json.skipValue(b, i, to, 0);
            if ((wanted < 0 || n == wanted) && visitor.visit(b, i, end)) {
                return true;
            }
            i = nextItem(b, end, to);
        }
        return false;
    }

    private interface FieldVisitor {
        void visit(int keyFrom, int keyTo, int valueFrom, int valueTo);
    }

    /** Visits the properties from the key that stands at {@code from} on. */
    private static void fields(byte[] b, int from, int to, FieldVisitor visitor) {
        int i = from;
        while (b[i] != '}') {
            int keyEnd = Json.skipString(b, i, to);
            int value = Json.skipColon(b, keyEnd, to);
            int end = Json.skipValue(b, value, to, 0);
            visitor.visit(i + 1, keyEnd - 1, value, end);
            i = nextItem(b, end, to);
        }
    }

    /** From the end of an item to the next, or to the closing bracket. */
    private static int nextItem(byte[] b, int end, int to) {
        int i = Json.skipBlanks(b, end, to);
        return b[i] == ',' ? Json.skipBlanks(b, i + 1, to) : i;
    }
}
