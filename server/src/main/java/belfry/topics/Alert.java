package belfry.topics;

import belfry.alarms.Evidence;
import belfry.alarms.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A change of an alarm's state, with what led to it.
 *
 * @param state the new state: {@code ALARM}, {@code OK} or {@code INSUFFICIENT_DATA}
 * @param reason why it changed, in AWS's words
 * @param awsText AWS's own mail
 * @param window how far back the alarm looks
 * @param evidence the events that led to it
 */
record Alert(
        String alarm,
        String alarmArn,
        String region,
        String state,
        String reason,
        Instant at,
        String awsText,
        Duration window,
        Evidence evidence) {
    /** The newest first. */
    List<Evidence.Event> events() {
        return evidence.newest();
    }

    /** How many besides those shown. */
    long more() {
        return evidence.more();
    }

    long all() {
        return events().size() + more();
    }

    Tally tally() {
        return evidence.tally();
    }

    boolean alarming() {
        return state.equals("ALARM");
    }
}
