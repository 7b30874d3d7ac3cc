package belfry.engine.pattern;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON patterns that share their scan. Most patterns of a group ask a few properties ({@code eventName}) for one of some
 * values: so the values of these properties are looked up in the raw line, which names the few patterns that may match; only
 * if there are any, the line is scanned, once for all of them.
 */
final class JsonPatternSet {
    private static final int MAX_HINTS = 3;
    private static final int MIN_SHARED = 3;

    private final JsonPlan plan = new JsonPlan();
    private final List<JsonCheck> checks = new ArrayList<>();
    private final BitSet everyPattern = new BitSet();
    /** Patterns without any hint: the line has to be scanned for them. */
    private final BitSet always = new BitSet();

    private final List<KeyIndex> indexes = new ArrayList<>();
    private final Map<Hint, BitSet> hinted = new LinkedHashMap<>();

    /** For each value of a key, the patterns that ask for it. */
    private static final class KeyIndex {
        private final Utf8 quotedKey;
        private final Utf8Table values;
        private final List<BitSet> patterns;

        KeyIndex(Utf8 quotedKey, Map<Utf8, BitSet> byValue) {
            this.quotedKey = quotedKey;
            this.values = new Utf8Table(List.copyOf(byValue.keySet()));
            this.patterns = byValue.keySet().stream().map(byValue::get).toList();
        }

        void addCandidates(byte[] b, int from, int to, BitSet candidates) {
            KeyValues.nextValue(quotedKey, values, b, from, to, value -> candidates.or(patterns.get(value)));
        }
    }

    JsonPatternSet(List<Expr> exprs) {
        List<List<Hint>> hints = exprs.stream().map(Hint::of).toList();
        Map<Utf8, Integer> popularity = popularity(hints);
        Map<Utf8, Map<Utf8, BitSet>> byKey = new LinkedHashMap<>();
        for (int i = 0; i < exprs.size(); i++) {
            checks.add(JsonCheck.bind(exprs.get(i), plan));
            everyPattern.set(i);
            place(i, hints.get(i), popularity, byKey);
        }
        plan.freeze();
        byKey.forEach((key, byValue) -> indexes.add(new KeyIndex(key, byValue)));
        if (!always.isEmpty() || hinted.size() > MAX_HINTS) {
            // The scan costs about as much as a few hints, and then tells exactly what they guess.
            hinted.values().forEach(always::or);
            hinted.clear();
        }
    }

    /** How many patterns could be indexed by each key. */
    private static Map<Utf8, Integer> popularity(List<List<Hint>> hints) {
        Map<Utf8, Integer> popularity = new HashMap<>();
        for (List<Hint> ofOne : hints) {
            for (Hint hint : ofOne) {
                if (hint instanceof Hint.KeyEquals(KeyValues values)) {
                    popularity.merge(values.quotedKey(), 1, Integer::sum);
                }
            }
        }
        return popularity;
    }

    private void place(
            int pattern, List<Hint> hints, Map<Utf8, Integer> popularity, Map<Utf8, Map<Utf8, BitSet>> byKey) {
        if (hints.isEmpty()) {
            always.set(pattern);
            return;
        }
        // Only a key that several patterns ask for is worth its own search.
        Hint best = hints.stream()
                .max(Comparator.comparingInt(hint -> worth(hint, popularity)))
                .orElseThrow();
        if (!(best instanceof Hint.KeyEquals(KeyValues values)) || worth(best, popularity) <= MIN_SHARED) {
            hinted.computeIfAbsent(best, h -> new BitSet()).set(pattern);
            return;
        }
        Map<Utf8, BitSet> byValue = byKey.computeIfAbsent(values.quotedKey(), k -> new LinkedHashMap<>());
        for (Utf8 value : values.values()) {
            byValue.computeIfAbsent(value, v -> new BitSet()).set(pattern);
        }
    }

    private static int worth(Hint hint, Map<Utf8, Integer> popularity) {
        return switch (hint) {
            case Hint.KeyEquals(KeyValues values) -> 1 + popularity.getOrDefault(values.quotedKey(), 0);
            case Hint.Contains _ -> 1;
            case Hint.Either _ -> 0;
        };
    }

    BitSet matching(byte[] b, int from, int to) {
        BitSet candidates = candidates(b, from, to);
        if (candidates.isEmpty()) {
            return candidates;
        }
        int[] found = plan.scan(b, from, to);
        if (found == null) {
            candidates.clear();
            return candidates;
        }
        for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
            if (!checks.get(i).holds(b, found)) {
                candidates.clear(i);
            }
        }
        return candidates;
    }

    private BitSet candidates(byte[] b, int from, int to) {
        BitSet candidates = new BitSet(checks.size());
        int start = Json.skipBlanks(b, from, to);
        if (start == to || b[start] != '{') {
            return candidates;
        }
        if (Swar.hasUnicodeEscape(b, from, to)) {
            candidates.or(everyPattern);
            return candidates;
        }
        candidates.or(always);
        for (int i = 0; i < indexes.size(); i++) {
            indexes.get(i).addCandidates(b, from, to, candidates);
        }
        hinted.forEach((hint, patterns) -> {
            if (hint.mayHold(b, from, to)) {
                candidates.or(patterns);
            }
        });
        return candidates;
    }
}
