package belfry.topics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A change of an alarm's state, with what led to it.
 *
 * @param state the new state: {@code ALARM}, {@code OK} or {@code INSUFFICIENT_DATA}
 * @param awsText AWS's own mail
 * @param window how far back the alarm looks
 * @param events the newest first
 * @param more how many besides these
 */
record Alert(
        String alarm,
        String region,
        String state,
        Instant at,
        String awsText,
        Duration window,
        List<SeenEvent> events,
        long more) {
    Alert {
        events = List.copyOf(events);
    }
}
