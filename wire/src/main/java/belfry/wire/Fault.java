package belfry.wire;

/** Who has to change something before the call can succeed. */
public enum Fault {
    /** The caller: the request is wrong, or not allowed. */
    CALLER,
    /** We: a defect or a failed disk. */
    INTERNAL,
    /** Nobody: a limit is reached, and the same call may succeed later. */
    CAPACITY,
    /** A system behind us did not answer. */
    UPSTREAM
}
