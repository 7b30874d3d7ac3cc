package belfry.store;

/** The database failed: disk full, read-only, damaged, or a mistake in our SQL. The work it interrupted left no trace. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean local;

    /** The database itself failed. */
    public StoreException(String message, Throwable cause) {
        this(message, cause, false);
    }

    /**
     * @param local whether only this one piece of work is at fault (a broken constraint, wrong SQL), so that others who
     *     share its transaction need not fail with it
     */
    StoreException(String message, Throwable cause, boolean local) {
        super(message, cause);
        this.local = local;
    }

    boolean local() {
        return local;
    }
}
