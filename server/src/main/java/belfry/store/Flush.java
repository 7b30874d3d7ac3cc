package belfry.store;

/** Whether a piece of work waits until it is on disk. */
enum Flush {
    /** Before its caller goes on. */
    NOW,
    /** With whatever is flushed next; until then a power cut can take it back. */
    LATER
}
