package belfry.engine.pattern;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Patterns that all say something which must stand in the raw line: the values of the properties that several of them ask for
 * are looked up there, and other texts searched for, which names the few patterns that may match. Most lines need no scan.
 */
final class RawIndex {
    /** The scan costs about as much as these searches, and then tells exactly what they guess. */
    private static final int MAX_SEARCHES = 6;

    private static final int MIN_SHARED = 3;

    private final BitSet everyPattern = new BitSet();
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

    /** Every pattern needs at least one hint. */
    RawIndex(List<List<Hint>> hints) {
        Map<Utf8, Integer> popularity = popularity(hints);
        Map<Utf8, Map<Utf8, BitSet>> byKey = new LinkedHashMap<>();
        for (int i = 0; i < hints.size(); i++) {
            everyPattern.set(i);
            place(i, hints.get(i), popularity, byKey);
        }
        byKey.forEach((key, byValue) -> indexes.add(new KeyIndex(key, byValue)));
    }

    /** Whether looking is cheaper than scanning. */
    boolean isWorthIt() {
        return indexes.size() + hinted.size() <= MAX_SEARCHES;
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

    /** The patterns that may match the line. */
    BitSet candidates(byte[] b, int from, int to) {
        BitSet candidates = new BitSet(everyPattern.length());
        int start = Json.skipBlanks(b, from, to);
        if (start == to || b[start] != '{') {
            return candidates;
        }
        if (Swar.hasUnicodeEscape(b, from, to)) {
            candidates.or(everyPattern);
            return candidates;
        }
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
