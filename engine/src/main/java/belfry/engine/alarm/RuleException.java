package belfry.engine.alarm;

/** A composite alarm's rule that cannot be read; {@link #position} is the zero-based index where reading stopped. */
public final class RuleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int position;

    RuleException(int position, String detail) {
        super(detail + " (at character " + (position + 1) + ")");
        this.position = position;
    }

    /** Where reading stopped. */
    public int position() {
        return position;
    }
}
