package belfry;

import java.util.Objects;

/** The server cannot start; the message is a sentence for whoever started it. */
public final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1;

    CannotStart(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** What is wrong, and what to do. */
    public String sentence() {
        return Objects.requireNonNull(getMessage());
    }
}
