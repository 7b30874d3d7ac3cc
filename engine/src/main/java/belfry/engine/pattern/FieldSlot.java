package belfry.engine.pattern;

import java.util.List;

/** A slot of a space-delimited pattern: its name, empty if it has none, and its conditions as an OR of ANDs. */
record FieldSlot(String name, List<List<Condition.Compare>> anyOf) {
    FieldSlot {
        anyOf = List.copyOf(anyOf);
    }

    boolean accepts(byte[] b, int from, int to) {
        if (anyOf.isEmpty()) {
            return true;
        }
        for (List<Condition.Compare> all : anyOf) {
            if (acceptsAll(all, b, from, to)) {
                return true;
            }
        }
        return false;
    }

    private static boolean acceptsAll(List<Condition.Compare> all, byte[] b, int from, int to) {
        for (Condition.Compare compare : all) {
            if (!compare.holdsForField(b, from, to)) {
                return false;
            }
        }
        return true;
    }
}
