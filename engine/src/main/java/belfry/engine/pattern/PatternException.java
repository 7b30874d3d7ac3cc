package belfry.engine.pattern;

/**
 * A filter pattern that AWS would not accept, with the place where reading stopped.
 *
 * <p>{@link #awsCode()} and the two message methods give what a client of CloudWatch Logs sees (filter-patterns.md §1.2);
 * {@link #getMessage()} says more, for people.
 */
public final class PatternException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a pattern was refused; decides code and wording. */
    public enum Reason {
        /** It cannot be read as a pattern. */
        SYNTAX,
        /** A form that has to end with its own bracket does not. */
        UNCLOSED,
        /** A term or regex holds a character that must be quoted or is not supported. */
        CHARACTERS,
        /** Longer than {@link FilterPattern#MAX_LENGTH}. */
        LENGTH,
        /** More regexes or wildcards than one pattern may have. */
        QUOTA
    }

    private final Reason reason;
    private final int position;
    private final String awsText;

    private PatternException(Reason reason, int position, String awsText, String detail) {
        super(detail + " (at character " + (position + 1) + ")");
        this.reason = reason;
        this.position = position;
        this.awsText = awsText;
    }

    static PatternException syntax(int position, String detail) {
        return new PatternException(Reason.SYNTAX, position, "", detail);
    }

    static PatternException unclosed(int position, char open, char close) {
        String text = "If a filter pattern starts with '" + open + "' it must end with '" + close + "'";
        return new PatternException(Reason.UNCLOSED, position, text, text);
    }

    static PatternException characters(int position, String term) {
        String text = "Invalid character(s) in term '" + term + "'";
        return new PatternException(Reason.CHARACTERS, position, text, text);
    }

    static PatternException length(String text) {
        String message = "1 validation error detected: Value '" + text + "' at 'filterPattern' failed to satisfy"
                + " constraint: Member must have length less than or equal to " + FilterPattern.MAX_LENGTH;
        return new PatternException(
                Reason.LENGTH, FilterPattern.MAX_LENGTH, message, "A filter pattern has at most 1024 characters");
    }

    static PatternException quota(int position, String detail) {
        return new PatternException(Reason.QUOTA, position, "Resource limit exceeded.", detail);
    }

    /** Why it was refused. */
    public Reason reason() {
        return reason;
    }

    /** Zero-based index into the pattern's text where reading stopped. */
    public int position() {
        return position;
    }

    /** {@code InvalidParameterException}, or {@code LimitExceededException} for {@link Reason#QUOTA}. */
    public String awsCode() {
        return reason == Reason.QUOTA ? "LimitExceededException" : "InvalidParameterException";
    }

    /** The message of PutMetricFilter and TestMetricFilter. */
    public String metricFilterMessage() {
        return awsText.isEmpty() ? "Invalid metric filter pattern" : awsText;
    }

    /** The message of FilterLogEvents, StartLiveTail and PutSubscriptionFilter. */
    public String filterMessage() {
        return awsText.isEmpty() ? "Invalid filter pattern" : awsText;
    }
}
