package belfry.seal;

/** What was opened is not what was sealed: wrong key, wrong context, or changed bytes. Says nothing more on purpose. */
public final class BrokenSealException extends Exception {
    private static final long serialVersionUID = 1;

    BrokenSealException() {
        super("the seal is broken", null, false, false);
    }
}
