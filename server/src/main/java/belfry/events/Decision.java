package belfry.events;

import java.time.Instant;

/** What became of one matched event for one target. Stored, so that anyone can ask later. */
public sealed interface Decision {
    /** Waits for its first try. */
    record Matched() implements Decision {}

    /** The target has it. */
    record Delivered(Instant at) implements Decision {}

    /** The target's policy does not let EventBridge in. */
    record NotAuthorised(String reason) implements Decision {}

    /** Failed for now; tried again at {@code next}. */
    record Retrying(Instant next, String reason) implements Decision {}

    /** Could not be delivered and lies in the target's dead-letter queue. */
    record DeadLettered(String code, String reason) implements Decision {}

    /** Could not be delivered and is lost but for this row. */
    record Dead(String code, String reason) implements Decision {}

    /** The decision of a stored row. */
    static Decision of(String state, String code, String reason, Instant at) {
        return switch (state) {
            case "Matched" -> new Matched();
            case "Delivered" -> new Delivered(at);
            case "NotAuthorised" -> new NotAuthorised(reason);
            case "Retrying" -> new Retrying(at, reason);
            case "DeadLettered" -> new DeadLettered(code, reason);
            case "Dead" -> new Dead(code, reason);
            default -> throw new IllegalStateException("no decision is called " + state);
        };
    }
}
