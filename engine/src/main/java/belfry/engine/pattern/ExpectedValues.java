package belfry.engine.pattern;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an expression expects at certain properties: for a match, the value there must be one of these texts. */
final class ExpectedValues {
    private ExpectedValues() {}

    /** Texts by path of names; each path alone is necessary for a match. Empty where nothing is certain. */
    static Map<List<String>, Set<Utf8>> of(Expr expr) {
        return switch (expr) {
            case Expr.Check(Selector selector, Condition condition) -> ofCheck(selector, condition);
            case Expr.All(List<Expr> parts) -> {
                Map<List<String>, Set<Utf8>> all = new LinkedHashMap<>();
                parts.forEach(part -> of(part).forEach(all::putIfAbsent));
                yield all;
            }
            case Expr.Any(List<Expr> parts) -> ofAny(parts);
        };
    }

    private static Map<List<String>, Set<Utf8>> ofAny(List<Expr> parts) {
        Map<List<String>, Set<Utf8>> any = new LinkedHashMap<>(of(parts.getFirst()));
        for (Expr part : parts.subList(1, parts.size())) {
            Map<List<String>, Set<Utf8>> other = of(part);
            any.keySet().retainAll(other.keySet());
            any.replaceAll((path, texts) -> {
                Set<Utf8> both = new HashSet<>(texts);
                both.addAll(other.get(path));
                return both;
            });
        }
        return any;
    }

    private static Map<List<String>, Set<Utf8>> ofCheck(Selector selector, Condition condition) {
        List<String> names = selector.leadingNames();
        boolean plain = names.size() == selector.steps().size();
        return plain
                        && condition instanceof Condition.Compare(Operator operator, Operand operand)
                        && operator == Operator.EQUAL
                        && operand instanceof Operand.Glob(Utf8 literal, boolean openStart, boolean openEnd)
                        && !openStart
                        && !openEnd
                ? new HashMap<>(Map.of(names, Set.of(literal)))
                : Map.of();
    }
}
