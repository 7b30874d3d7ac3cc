package belfry.engine.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What must stand in a line's raw bytes for a JSON pattern to match it: a quick look that spares most lines the scan.
 *
 * <p>A key or value without quote, backslash, slash and control characters stands in JSON as it is, or with a character
 * written {@code \}{@code u0061}. So in a line without {@code \}{@code u}, a hint that fails means no match. A hint that holds
 * means nothing yet.
 */
sealed interface Hint {
    /** Alternatives beyond these are not worth looking for one by one. */
    int MAX_EITHER = 4;
    /** Shorter texts are everywhere. */
    int MIN_LENGTH = 3;

    boolean mayHold(byte[] b, int from, int to);

    /** A text stands anywhere. */
    record Contains(Utf8 text) implements Hint {
        @Override
        public boolean mayHold(byte[] b, int from, int to) {
            return text.occursIn(b, from, to);
        }
    }

    /** Somewhere a property of that name has one of the values. */
    record KeyEquals(KeyValues values) implements Hint {
        @Override
        public boolean mayHold(byte[] b, int from, int to) {
            return values.anyIn(b, from, to);
        }
    }

    /** One of these holds. */
    record Either(List<Hint> hints) implements Hint {
        @Override
        public boolean mayHold(byte[] b, int from, int to) {
            for (int i = 0; i < hints.size(); i++) {
                if (hints.get(i).mayHold(b, from, to)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** All hints that a match needs, the most telling first. */
    static List<Hint> of(Expr expr) {
        return switch (expr) {
            case Expr.Check(Selector selector, Condition condition) -> ofCheck(selector, condition);
            case Expr.All(List<Expr> parts) ->
                parts.stream()
                        .flatMap(part -> of(part).stream())
                        .sorted(Hint::compare)
                        .toList();
            case Expr.Any(List<Expr> parts) ->
                ofAny(parts.stream().map(Hint::of).toList());
        };
    }

    private static int compare(Hint a, Hint b) {
        return Integer.compare(rank(a), rank(b));
    }

    private static int rank(Hint hint) {
        return switch (hint) {
            case KeyEquals _ -> 0;
            case Contains _ -> 1;
            case Either _ -> 2;
        };
    }

    private static List<Hint> ofAny(List<List<Hint>> parts) {
        if (parts.stream().anyMatch(List::isEmpty)) {
            return List.of();
        }
        List<Hint> hints = new ArrayList<>();
        for (Hint hint : parts.getFirst()) {
            KeyValues merged = mergedOver(parts, hint);
            if (merged != null) {
                hints.add(new KeyEquals(merged));
            }
        }
        if (hints.isEmpty() && parts.size() <= MAX_EITHER) {
            hints.add(new Either(parts.stream().map(List::getFirst).toList()));
        }
        return hints;
    }

    /** The values of the hint's key over all alternatives; null where one of them does not ask for that key's value. */
    private static @Nullable KeyValues mergedOver(List<List<Hint>> parts, Hint hint) {
        if (!(hint instanceof KeyEquals(KeyValues first))) {
            return null;
        }
        KeyValues merged = first;
        for (List<Hint> part : parts) {
            KeyValues same = part.stream()
                    .flatMap(h -> h instanceof KeyEquals(KeyValues values) && values.sameKey(first)
                            ? Stream.of(values)
                            : Stream.of())
                    .findFirst()
                    .orElse(null);
            if (same == null) {
                return null;
            }
            merged = merged.with(same);
        }
        return merged;
    }

    private static List<Hint> ofCheck(Selector selector, Condition condition) {
        if (condition instanceof Condition.NotExists) {
            return List.of();
        }
        String key =
                selector.steps().getLast() instanceof Selector.Step.Name(String name) && isPlain(name) ? name : null;
        List<Hint> hints = new ArrayList<>();
        if (condition instanceof Condition.Compare(Operator operator, Operand operand)
                && operator == Operator.EQUAL
                && operand instanceof Operand.Glob(Utf8 literal, boolean openStart, boolean openEnd)) {
            boolean closed = !openStart && !openEnd;
            if (closed && key != null && isPlain(literal.toString())) {
                hints.add(new KeyEquals(KeyValues.of(key, literal)));
            } else {
                addContains(literal.toString(), hints);
            }
        }
        if (condition instanceof Condition.Compare(Operator operator, Operand operand)
                && operator == Operator.EQUAL
                && operand instanceof Operand.Matching(Regex regex)) {
            addNeeded(regex, hints);
        }
        if (hints.isEmpty() && key != null) {
            hints.add(new Contains(Utf8.of('"' + key + '"')));
        }
        return hints;
    }

    /** One of the regex's texts, if it has such and each is telling. */
    private static void addNeeded(Regex regex, List<Hint> hints) {
        List<Hint> texts = new ArrayList<>();
        regex.needed().forEach(text -> addContains(text.toString(), texts));
        if (!texts.isEmpty() && texts.size() == regex.needed().size()) {
            hints.add(texts.size() == 1 ? texts.getFirst() : new Either(texts));
        }
    }

    private static void addContains(String literal, List<Hint> hints) {
        String longest = "";
        for (String piece : literal.split("[\"\\\\/\\x00-\\x1f]", -1)) {
            longest = piece.length() > longest.length() ? piece : longest;
        }
        if (longest.length() >= MIN_LENGTH) {
            hints.add(new Contains(Utf8.of(longest)));
        }
    }

    private static boolean isPlain(String text) {
        return text.chars().noneMatch(c -> c < ' ' || c == '"' || c == '\\' || c == '/');
    }
}
