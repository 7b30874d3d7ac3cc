package belfry.engine.pattern;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON patterns that share their scan. Where every pattern names something that must stand in the raw line, a
 * {@link RawIndex} tells first whether a scan is needed at all. The scan finds the wanted properties for all patterns at once;
 * most of these ask one property ({@code eventName}) for one of some values, so its value names the few that are evaluated.
 */
final class JsonPatternSet {
    private static final int MIN_SHARED = 2;

    private final JsonPlan plan = new JsonPlan();
    private final List<JsonCheck> checks;
    private final @Nullable RawIndex raw;
    private final List<ValueIndex> indexes = new ArrayList<>();
    /** Patterns that are evaluated on every line that is scanned. */
    private final BitSet direct = new BitSet();
    /** Patterns that walk through a whole object or array, each with what must stand in the raw line first. */
    private final Map<Hint, BitSet> guarded = new LinkedHashMap<>();

    JsonPatternSet(List<Expr> exprs) {
        List<List<Hint>> hints = exprs.stream().map(Hint::of).toList();
        checks = exprs.stream().map(expr -> JsonCheck.bind(expr, plan)).toList();
        RawIndex index = hints.stream().anyMatch(List::isEmpty) ? null : new RawIndex(hints);
        raw = index != null && index.isWorthIt() ? index : null;
        if (raw == null) {
            place(exprs, hints);
        }
        plan.freeze();
    }

    private void place(List<Expr> exprs, List<List<Hint>> hints) {
        List<Map<List<String>, Set<Utf8>>> expected =
                exprs.stream().map(ExpectedValues::of).toList();
        Map<List<String>, Integer> popularity = new HashMap<>();
        expected.forEach(each -> each.keySet().forEach(path -> popularity.merge(path, 1, Integer::sum)));
        Map<List<String>, Map<Utf8, BitSet>> byPath = new LinkedHashMap<>();
        for (int i = 0; i < exprs.size(); i++) {
            List<String> best = mostPopular(expected.get(i).keySet(), popularity);
            if (best != null) {
                Map<Utf8, BitSet> byText = byPath.computeIfAbsent(best, path -> new LinkedHashMap<>());
                for (Utf8 text : expected.get(i).getOrDefault(best, Set.of())) {
                    byText.computeIfAbsent(text, t -> new BitSet()).set(i);
                }
            } else if (walks(exprs.get(i)) && !hints.get(i).isEmpty()) {
                guarded.computeIfAbsent(hints.get(i).getFirst(), hint -> new BitSet())
                        .set(i);
            } else {
                direct.set(i);
            }
        }
        byPath.forEach((path, byText) -> indexes.add(new ValueIndex(plan.want(path), byText)));
    }

    private static @Nullable List<String> mostPopular(Set<List<String>> paths, Map<List<String>, Integer> popularity) {
        List<String> best = null;
        int most = MIN_SHARED - 1;
        for (List<String> path : paths) {
            int count = popularity.getOrDefault(path, 0);
            if (count > most) {
                best = path;
                most = count;
            }
        }
        return best;
    }

    private static boolean walks(Expr expr) {
        return switch (expr) {
            case Expr.Any(List<Expr> parts) -> parts.stream().anyMatch(JsonPatternSet::walks);
            case Expr.All(List<Expr> parts) -> parts.stream().anyMatch(JsonPatternSet::walks);
            case Expr.Check(Selector selector, Condition _) -> selector.hasWildcard();
        };
    }

    BitSet matching(byte[] b, int from, int to) {
        BitSet candidates = raw == null ? new BitSet(checks.size()) : raw.candidates(b, from, to);
        if (raw != null && candidates.isEmpty()) {
            return candidates;
        }
        int[] found = plan.scan(b, from, to);
        if (found == null) {
            candidates.clear();
            return candidates;
        }
        if (raw == null) {
            addCandidates(b, from, to, found, candidates);
        }
        for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
            if (!checks.get(i).holds(b, found)) {
                candidates.clear(i);
            }
        }
        return candidates;
    }

    private void addCandidates(byte[] b, int from, int to, int[] found, BitSet candidates) {
        candidates.or(direct);
        for (int i = 0; i < indexes.size(); i++) {
            indexes.get(i).addCandidates(b, found, candidates);
        }
        guarded.forEach((hint, patterns) -> {
            if (hint.mayHold(b, from, to) || Swar.hasUnicodeEscape(b, from, to)) {
                candidates.or(patterns);
            }
        });
    }
}
