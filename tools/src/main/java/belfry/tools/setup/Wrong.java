package belfry.tools.setup;

/** Something that the user has to mend first; the message says what and how. */
final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1;

    Wrong(String message) {
        super(message);
    }
}
