package belfry.engine.pattern;

import belfry.engine.pattern.Selector.Step;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        return switch (steps.get(at)) {
            case Step.Name(String name) -> named(b, from, to, name, steps, at, visitor);
            case Step.Index(int index) ->
                b[from] == '[' && elements(b, from, to, index, (l, f, t) -> any(l, f, t, steps, at + 1, visitor));
            case Step.AnyElement _ ->
                b[from] == '[' && elements(b, from, to, -1, (l, f, t) -> any(l, f, t, steps, at + 1, visitor));
            case Step.AnyField _ -> {
                Visitor next = (l, f, t) -> any(l, f, t, steps, at + 1, visitor);
                yield b[from] == '{' && fields(b, from, to, null, next);
            }
        };
    }

    private static boolean named(byte[] b, int from, int to, String name, List<Step> steps, int at, Visitor visitor) {
        if (b[from] != '{') {
            return false;
        }
        int[] last = new int[2];
        fields(b, from, to, name.getBytes(StandardCharsets.UTF_8), (l, f, t) -> {
            last[0] = f;
            last[1] = t;
            return false;
        });
        return last[1] != 0 && any(b, last[0], last[1], steps, at + 1, visitor);
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

    private static boolean fields(byte[] b, int from, int to, byte @Nullable [] wanted, Visitor visitor) {
        int i = Json.skipBlanks(b, from + 1, to);
        while (b[i] != '}') {
            int keyEnd = Json.skipString(b, i, to);
            int value = Json.skipColon(b, keyEnd, to);
            int end = Json.skipValue(b, value, to, 0);
            boolean named = wanted == null || Arrays.equals(wanted, Json.decode(b, i + 1, keyEnd - 1));
            if (named && visitor.visit(b, value, end)) {
                return true;
            }
            i = Json.skipBlanks(b, end, to);
            i = b[i] == ',' ? Json.skipBlanks(b, i + 1, to) : i;
        }
        return false;
    }
}
