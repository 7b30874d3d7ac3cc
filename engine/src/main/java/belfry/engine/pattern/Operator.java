package belfry.engine.pattern;

/** The comparison operators of JSON and space-delimited patterns; the field stands on the left. */
enum Operator {
    // Longer spellings first: a reader takes the first that fits.
    NOT_EQUAL("!="),
    LESS_OR_EQUAL("<="),
    GREATER_OR_EQUAL(">="),
    EQUAL("="),
    LESS("<"),
    GREATER(">");

    private final String sign;

    Operator(String sign) {
        this.sign = sign;
    }

    boolean orders() {
        return this != EQUAL && this != NOT_EQUAL;
    }

    /** Whether a comparison that came out as the sign of {@code order} satisfies this operator. */
    boolean accepts(int order) {
        return switch (this) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }

    static Operator read(Cursor in) {
        for (Operator operator : values()) {
            if (in.take(operator.sign)) {
                return operator;
            }
        }
        throw PatternException.syntax(in.at(), "Expected an operator");
    }
}
