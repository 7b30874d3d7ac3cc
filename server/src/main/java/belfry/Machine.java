package belfry;

import belfry.base.Clock;
import belfry.store.Connector;

/**
 * What a server stands on, where a test may put something else.
 *
 * @param connector opens the database
 * @param halt ends the process at once, without a word to anybody: called when a flush to disk has failed, for nothing
 *     that runs on then knows what is on disk
 */
public record Machine(Clock clock, Connector connector, Runnable halt) {
    /** The exit code for an I/O error, as in sysexits.h. */
    public static final int IO_ERROR = 74;

    /** The real one. */
    public static Machine real() {
        return at(Clock.system());
    }

    /** The real one with another time. */
    public static Machine at(Clock clock) {
        return new Machine(clock, Connector.DIRECT, () -> Runtime.getRuntime().halt(IO_ERROR));
    }
}
