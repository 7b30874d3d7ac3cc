package belfry.engine.metric.math;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random metric math, for what must hold of every expression. */
public final class MathExpressions {
    private MathExpressions() {}

    /**
     * Expressions of metrics and numbers.
     *
     * @param weight how often a metric stands alone, where the other forms weigh 2 or 3
     * @param depth how deep they nest
     */
    public static Arbitrary<String> of(List<String> metrics, int weight, int depth) {
        Arbitrary<String> ids = Arbitraries.of(metrics);
        if (depth == 0) {
            return ids;
        }
        Arbitrary<String> part = of(metrics, weight, depth - 1);
        Arbitrary<String> numbers = Arbitraries.of("0", "0.5", "2", "-1", "10");
        Arbitrary<String> binary = Combinators.combine(
                        part, Arbitraries.of("+", "-", "*", "/", ">", "<=", "AND", "OR", "=="), part)
                .as((left, operator, right) -> "(" + left + " " + operator + " " + right + ")");
        Arbitrary<String> scaled = Combinators.combine(numbers, Arbitraries.of("+", "-", "*", ">", "<"), part)
                .as((number, operator, right) -> "(" + number + " " + operator + " " + right + ")");
        Arbitrary<String> across = Combinators.combine(Arbitraries.of("SUM", "MAX", "MIN", "AVG"), part, part)
                .as((function, left, right) -> function + "([" + left + ", " + right + "])");
        Arbitrary<String> others = Combinators.combine(
                        Arbitraries.of(
                                "FILL(%s, 0)",
                                "FILL(%s, 1)",
                                "IF(%s, 2, 1)",
                                "IF(%s, 1, 3)",
                                "-%s",
                                "CEIL(%s)",
                                "ABS(%s)",
                                "SUM(METRICS()) + %s"),
                        part)
                .as(String::formatted);
        return Arbitraries.frequencyOf(
                Tuple.of(weight, ids),
                Tuple.of(3, binary),
                Tuple.of(2, scaled),
                Tuple.of(3, across),
                Tuple.of(3, others));
    }
}
