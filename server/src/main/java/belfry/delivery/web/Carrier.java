package belfry.delivery.web;

import belfry.topics.Errand;
import java.time.Duration;

/** Takes an errand to its endpoint. Used by many threads at once. */
public interface Carrier {
    /** What came of a try. */
    sealed interface Outcome {
        /** The HTTP status, or a word of ours where there was none. */
        String code();

        /** The endpoint has it. */
        record Accepted(String code, String answer) implements Outcome {}

        /**
         * It may get through later.
         *
         * @param notBefore how long the endpoint asked us to wait
         */
        record PutOff(String code, String reason, Duration notBefore) implements Outcome {}

        /** It is refused for good. */
        record Refused(String code, String reason) implements Outcome {}
    }

    /** Tries once, within bounded time; never throws for what the endpoint does. */
    Outcome carry(Errand errand);
}
