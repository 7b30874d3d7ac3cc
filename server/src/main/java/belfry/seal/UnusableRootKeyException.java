package belfry.seal;

/** The root key's file is missing, damaged, open to others or another database's; the message says what to do. */
public final class UnusableRootKeyException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    UnusableRootKeyException(String sentence) {
        super(sentence);
    }
}
