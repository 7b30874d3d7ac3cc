package belfry.engine.metric.math;

import java.util.List;

/** The binary operators, by how tightly they bind; comparisons and logic give 1 or 0. */
enum MathOperator {
    OR(0, "OR", "||"),
    AND(1, "AND", "&&"),
    // Longer signs first: a reader takes the first that fits.
    EQUAL(2, "=="),
    NOT_EQUAL(2, "!="),
    LESS_OR_EQUAL(2, "<="),
    GREATER_OR_EQUAL(2, ">="),
    LESS(2, "<"),
    GREATER(2, ">"),
    PLUS(3, "+"),
    MINUS(3, "-"),
    TIMES(4, "*"),
    DIVIDED(4, "/"),
    POWER(5, "^");

    private final int level;
    private final String sign;
    private final String otherSign;

    MathOperator(int level, String sign) {
        this(level, sign, sign);
    }

    MathOperator(int level, String sign, String otherSign) {
        this.level = level;
        this.sign = sign;
        this.otherSign = otherSign;
    }

    int level() {
        return level;
    }

    List<String> signs() {
        return List.of(sign, otherSign);
    }

    double apply(double left, double right) {
        return switch (this) {
            case OR -> truth(left != 0 || right != 0);
            case AND -> truth(left != 0 && right != 0);
            case EQUAL -> truth(left == right);
            case NOT_EQUAL -> truth(left != right);
            case LESS_OR_EQUAL -> truth(left <= right);
            case GREATER_OR_EQUAL -> truth(left >= right);
            case LESS -> truth(left < right);
            case GREATER -> truth(left > right);
            case PLUS -> left + right;
            case MINUS -> left - right;
            case TIMES -> left * right;
            case DIVIDED -> left / right;
            case POWER -> Math.pow(left, right);
        };
    }

    private static double truth(boolean value) {
        return value ? 1 : 0;
    }
}
