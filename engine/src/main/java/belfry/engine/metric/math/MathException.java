package belfry.engine.metric.math;

/** An expression that cannot be read, or not evaluated on these series; the message says why, for people. */
public final class MathException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong, as a sentence for people. */
    public MathException(String message) {
        super(message);
    }

    static MathException at(int position, String message) {
        return new MathException(message + " (at character " + (position + 1) + ")");
    }
}
