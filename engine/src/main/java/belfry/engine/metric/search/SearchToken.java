package belfry.engine.metric.search;

/**
 * A word of a search's text.
 *
 * @param quoted whether it stood in double quotes, so that it is what it is; signs and operators are not
 */
record SearchToken(String text, boolean quoted, int position) {
    boolean is(String sign) {
        return !quoted && text.equals(sign);
    }

    /** Neither a sign nor an operator. */
    boolean isTerm() {
        return quoted
                || switch (text) {
                    case "(", ")", "=", "AND", "OR", "NOT", "" -> false;
                    default -> true;
                };
    }
}
