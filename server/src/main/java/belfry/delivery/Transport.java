package belfry.delivery;

import belfry.topics.Parcel;

/** Takes a parcel to its receiver. Used by one thread. */
public interface Transport extends AutoCloseable {
    /** What came of a try. */
    sealed interface Outcome {
        /** The other side has it and answers for it. */
        record Accepted() implements Outcome {}

        /** This parcel was put off; another may get through. */
        record PutOff(String reason) implements Outcome {}

        /** The other side does not answer, or refuses us whatever we bring. */
        record Away(String reason) implements Outcome {}

        /** This parcel is refused for good. */
        record Refused(String reason) implements Outcome {}
    }

    /** Tries once, within bounded time. */
    Outcome send(Parcel parcel);

    /** Nothing more to send for now: connections may be let go. */
    default void rest() {}

    @Override
    default void close() {
        rest();
    }
}
