package belfry.engine.metric.math;

import belfry.engine.metric.math.Growth.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How an expression's values can still move. Each case is an argument of its own that an added sample moves the result only
 * one way, and takes no point away; what is not argued here is unknown.
 *
 * <ul>
 *   <li>Sums, differences, products with a number: floating-point addition and multiplication are monotone in each operand.
 *   <li>Sums of two series: what is missing counts as 0, and rises from there if neither series can be negative.
 *   <li>{@code SUM} of an array: a series that gets its first sample at a time adds a number, so none may be negative.
 *   <li>{@code MAX} of an array: one more number only raises it; {@code MIN} likewise lowers it.
 *   <li>{@code FILL(m, c)}: a gap at c becomes m's value, so m never negative and c not above zero.
 *   <li>Comparisons with what moves the other way or not at all; AND, OR of such; IF between two numbers on such.
 * </ul>
 */
final class GrowthAnalysis {
    private final Map<String, Growth> metrics;
    private final Function<String, Optional<MathExpression>> expressions;
    private final List<String> underWay = new ArrayList<>();

    GrowthAnalysis(Map<String, Growth> metrics, Function<String, Optional<MathExpression>> expressions) {
        this.metrics = metrics;
        this.expressions = expressions;
    }

    Growth of(String id) {
        Growth metric = metrics.get(id);
        if (metric != null) {
            return metric;
        }
        if (underWay.contains(id)) {
            return Growth.UNKNOWN;
        }
        underWay.add(id);
        Growth growth =
                expressions.apply(id).map(expression -> of(expression.root())).orElse(Growth.UNKNOWN);
        underWay.remove(id);
        return growth;
    }

    private Growth of(MathNode node) {
        return switch (node) {
            case MathNode.Literal(double value) -> Growth.constant(value);
            case MathNode.Name(String name, int _) -> of(name);
            case MathNode.Negated(MathNode part) -> of(part).negated();
            case MathNode.Binary binary -> binary(binary);
            case MathNode.Call call -> call(call);
            case MathNode.Text _, MathNode.Many _ -> Growth.UNKNOWN;
        };
    }

    private Growth binary(MathNode.Binary binary) {
        Growth left = of(binary.left());
        Growth right = of(binary.right());
        return switch (binary.operator()) {
            case PLUS -> sum(left, right);
            case MINUS -> numbered(left, right) ? left.plus(right.negated()) : Growth.UNKNOWN;
            case TIMES -> product(binary, left, right);
            case DIVIDED ->
                binary.right() instanceof MathNode.Literal(double by) && by > 0 ? left.times(1 / by) : Growth.UNKNOWN;
            case GREATER, GREATER_OR_EQUAL -> comparison(left, right);
            case LESS, LESS_OR_EQUAL -> comparison(right, left);
            case AND, OR -> logic(left, right);
            case EQUAL, NOT_EQUAL, POWER -> Growth.UNKNOWN;
        };
    }

    /** Only what is made of numbers alone never moves; a series beside it has the say where there are values. */
    private static boolean numbered(Growth left, Growth right) {
        return left.direction() == Direction.CONSTANT || right.direction() == Direction.CONSTANT;
    }

    private static Growth sum(Growth left, Growth right) {
        boolean rising = left.rises() && left.nonNegative() && right.rises() && right.nonNegative();
        return rising || numbered(left, right) ? left.plus(right) : Growth.UNKNOWN;
    }

    private static Growth comparison(Growth more, Growth less) {
        return numbered(more, less)
                ? Growth.truth(more.direction().with(less.direction().reversed()))
                : Growth.UNKNOWN;
    }

    private static Growth product(MathNode.Binary binary, Growth left, Growth right) {
        if (binary.left() instanceof MathNode.Literal(double factor)) {
            return right.times(factor);
        }
        return binary.right() instanceof MathNode.Literal(double factor) ? left.times(factor) : Growth.UNKNOWN;
    }

    /** True means not zero: what rises from zero up stays true. */
    private static Growth logic(Growth left, Growth right) {
        boolean rising = left.rises() && left.nonNegative() && right.rises() && right.nonNegative();
        return rising ? Growth.truth(left.direction().with(right.direction())) : Growth.UNKNOWN;
    }

    private Growth call(MathNode.Call call) {
        return switch (call.function()) {
            case "SUM" -> across(call, true);
            case "MAX" -> across(call, false);
            case "MIN" -> lowest(call);
            case "FILL" -> fill(call);
            case "IF" -> choice(call);
            case "TIME_SERIES" ->
                call.arguments().size() == 1 && call.arguments().getFirst() instanceof MathNode.Literal literal
                        ? steady(of(literal))
                        : Growth.UNKNOWN;
            case "CEIL", "FLOOR" ->
                call.arguments().size() == 1 ? rounded(of(call.arguments().getFirst())) : Growth.UNKNOWN;
            default -> Growth.UNKNOWN;
        };
    }

    /** A series that never moves is one that never falls. */
    private static Growth steady(Growth number) {
        return new Growth(Direction.UP, number.nonNegative(), number.bound());
    }

    private static Growth rounded(Growth part) {
        return new Growth(part.direction(), part.nonNegative(), part.bound() + 1);
    }

    private Growth across(MathNode.Call call, boolean sum) {
        List<Growth> parts = array(call);
        boolean rising =
                !parts.isEmpty() && parts.stream().allMatch(part -> part.rises() && (!sum || part.nonNegative()));
        if (!rising) {
            return Growth.UNKNOWN;
        }
        double bound = parts.stream().mapToDouble(Growth::bound).sum();
        return new Growth(Direction.UP, parts.stream().allMatch(Growth::nonNegative), bound);
    }

    private Growth lowest(MathNode.Call call) {
        List<Growth> parts = array(call);
        boolean falling = !parts.isEmpty()
                && parts.stream()
                        .map(Growth::direction)
                        .allMatch(direction -> direction == Direction.DOWN || direction == Direction.CONSTANT);
        double bound = parts.stream().mapToDouble(Growth::bound).sum();
        return falling
                ? new Growth(Direction.DOWN, parts.stream().allMatch(Growth::nonNegative), bound)
                : Growth.UNKNOWN;
    }

    /** The parts of an array; none where the argument is one series, for then the result is a number. */
    private List<Growth> array(MathNode.Call call) {
        if (call.arguments().size() != 1) {
            return List.of();
        }
        return switch (call.arguments().getFirst()) {
            case MathNode.Many(List<MathNode> parts) ->
                parts.stream().map(this::of).toList();
            case MathNode.Call inner
            when inner.function().equals("METRICS") && inner.arguments().isEmpty() -> List.copyOf(metrics.values());
            case MathNode.Literal _,
                    MathNode.Name _,
                    MathNode.Negated _,
                    MathNode.Binary _,
                    MathNode.Call _,
                    MathNode.Text _ -> List.of();
        };
    }

    private Growth fill(MathNode.Call call) {
        if (call.arguments().size() != 2 || !(call.arguments().get(1) instanceof MathNode.Literal(double filling))) {
            return Growth.UNKNOWN;
        }
        Growth part = of(call.arguments().getFirst());
        boolean rising = part.rises() && part.nonNegative() && filling == 0;
        return rising ? part : Growth.UNKNOWN;
    }

    private Growth choice(MathNode.Call call) {
        boolean numbers = call.arguments().size() == 3
                && call.arguments().get(1) instanceof MathNode.Literal
                && call.arguments().get(2) instanceof MathNode.Literal;
        if (!numbers) {
            return Growth.UNKNOWN;
        }
        Growth condition = of(call.arguments().get(0));
        Growth then = of(call.arguments().get(1));
        Growth otherwise = of(call.arguments().get(2));
        // Literals are never below zero: a sign is a node of its own.
        boolean rising = condition.rises() && condition.nonNegative() && then.bound() >= otherwise.bound();
        return rising ? new Growth(condition.direction(), true, then.bound()) : Growth.UNKNOWN;
    }
}
