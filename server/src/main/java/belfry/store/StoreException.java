package belfry.store;

import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

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

    /**
     * Whether a flush to disk failed. What the operating system still holds of it is unknown then, so trying again proves
     * nothing: the server must stop, and start from what is on disk.
     */
    boolean flushFailed() {
        return getCause() instanceof SQLiteException cause
                && (cause.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_FSYNC
                        || cause.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_DIR_FSYNC);
    }

    boolean local() {
        return local;
    }
}
