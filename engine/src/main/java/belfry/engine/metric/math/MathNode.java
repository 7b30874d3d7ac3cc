package belfry.engine.metric.math;

import java.util.List;

/** A part of an expression. */
sealed interface MathNode {
    record Literal(double value) implements MathNode {}

    record Text(String text) implements MathNode {}

    /** An id, or a word that a function takes as an option. */
    record Name(String name, int position) implements MathNode {}

    record Negated(MathNode part) implements MathNode {}

    record Binary(MathOperator operator, MathNode left, MathNode right) implements MathNode {}

    record Call(String function, List<MathNode> arguments, int position) implements MathNode {}

    record Many(List<MathNode> parts) implements MathNode {}
}
