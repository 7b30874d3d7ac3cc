package belfry.events;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that a match asks for, worked out before it is written.
 *
 * @param payload what the target receives; empty where {@code broken}
 * @param broken why the target's template cannot take the event, or null
 * @param forwarded whether the event came from another bus
 */
record Plan(
        BusRule rule,
        RuleTarget target,
        String eventId,
        String event,
        String payload,
        @Nullable String broken,
        boolean forwarded) {
    private static final long RETRIES = 185;
    private static final long AGE_SECONDS = 86_400;

    long maxRetries() {
        Integer chosen = target.maxRetries();
        return chosen == null ? RETRIES : chosen;
    }

    Duration maxAge() {
        Integer chosen = target.maxAgeSeconds();
        return Duration.ofSeconds(chosen == null ? AGE_SECONDS : chosen);
    }
}
