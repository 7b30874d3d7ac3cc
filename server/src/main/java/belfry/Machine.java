package belfry;

import belfry.base.Clock;
import belfry.gateway.Recorder;
import belfry.store.Connector;
import java.util.function.UnaryOperator;

/**
 * What a server stands on, where a test may put something else.
 *
 * @param connector opens the database
 * @param halt ends the process at once, without a word to anybody: called when a flush to disk has failed, for nothing
 *     that runs on then knows what is on disk
 * @param recording what the gateway records calls with, made of the real recorder. A benchmark measures the cost of
 *     recording here; no option leads to it
 */
public record Machine(Clock clock, Connector connector, Runnable halt, UnaryOperator<Recorder> recording) {
    /** The exit code for an I/O error, as in sysexits.h. */
    public static final int IO_ERROR = 74;

    /** One that records as it must. */
    public Machine(Clock clock, Connector connector, Runnable halt) {
        this(clock, connector, halt, UnaryOperator.identity());
    }

    /** The real one. */
    public static Machine real() {
        return at(Clock.system());
    }

    /** The real one with another time. */
    public static Machine at(Clock clock) {
        return new Machine(clock, Connector.DIRECT, () -> Runtime.getRuntime().halt(IO_ERROR));
    }
}
