package belfry.trail;

/** Whether a trail logs a record, and if not, why: kept with the record so that anyone can ask. */
public sealed interface Decision {
    /** The trail logs the record. */
    record Selected() implements Decision {}

    /** The trail does not log the record. */
    record NotSelected(Reason reason) implements Decision {}

    /** Why a trail does not log a record. */
    enum Reason {
        /** StartLogging has not been called, or StopLogging has. */
        NOT_LOGGING,
        /** A single-region trail, and the call was in another region. */
        OTHER_REGION,
        /** The service has no regions, and the trail leaves such out. */
        GLOBAL_EXCLUDED,
        /** The trail leaves out the events of this source. */
        SOURCE_EXCLUDED,
        /** The trail wants only reads, or only writes. */
        READ_WRITE_TYPE,
        /** The trail has no selector for this category of events, or for this resource. */
        NO_SELECTOR
    }

    static Decision yes() {
        return new Selected();
    }

    static Decision not(Reason reason) {
        return new NotSelected(reason);
    }

    default boolean selected() {
        return this instanceof Selected;
    }
}
