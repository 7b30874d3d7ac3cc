package belfry.engine.pattern;

import belfry.engine.pattern.Selector.Step;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        fields(b, from, to, (keyFrom, keyTo, value, end) -> {
            if (isKey(b, keyFrom, keyTo, name)) {
                last[0] = value;
                last[1] = end;
            }
        });
        return last[1] != 0 && visitor.visit(b, last[0], last[1]);
    }

    private static boolean isKey(byte[] b, int from, int to, Utf8 name) {
        if (name.is(b, from, to)) {
            return true;
        }
        byte[] key = Json.decode(b, from, to);
        return key.length < to - from && name.is(key, 0, key.length);
    }

    /** Visits every property's value; of a repeated key the last. */
    private static boolean all(byte[] b, int from, int to, Visitor visitor) {
        Map<String, int[]> values = new LinkedHashMap<>();
        fields(
                b,
                from,
                to,
                (keyFrom, keyTo, value, end) -> values.put(
                        new String(Json.decode(b, keyFrom, keyTo), StandardCharsets.UTF_8), new int[] {value, end}));
        for (int[] value : values.values()) {
            if (visitor.visit(b, value[0], value[1])) {
                return true;
            }
        }
        return false;
    }

    /** Visits one element, or all when {@code wanted} is negative. */
    private static boolean elements(byte[] b, int from, int to, int wanted, Visitor visitor) {
        int i = Json.skipBlanks(b, from + 1, to);
        for (int n = 0; b[i] != ']'; n++) {
            int end = Json.skipValue(b, i, to, 0);
            if ((wanted < 0 || n == wanted) && visitor.visit(b, i, end)) {
                return true;
            }
            i = Json.skipBlanks(b, end, to);
            i = b[i] == ',' ? Json.skipBlanks(b, i + 1, to) : i;
        }
        return false;
    }

    private interface FieldVisitor {
        void visit(int keyFrom, int keyTo, int valueFrom, int valueTo);
    }

    private static void fields(byte[] b, int from, int to, FieldVisitor visitor) {
        int i = Json.skipBlanks(b, from + 1, to);
        while (b[i] != '}') {
            int keyEnd = Json.skipString(b, i, to);
            int value = Json.skipColon(b, keyEnd, to);
            int end = Json.skipValue(b, value, to, 0);
            visitor.visit(i + 1, keyEnd - 1, value, end);
            i = Json.skipBlanks(b, end, to);
            i = b[i] == ',' ? Json.skipBlanks(b, i + 1, to) : i;
        }
    }
}
