package belfry.topics;

import belfry.alarms.AlarmAction;
import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** Makes an alert of an alarm's action. */
final class Alerts {
    private static final Duration WINDOW_UNKNOWN = Duration.ofHours(1);

    private Alerts() {}

    static Alert of(AlarmAction action) {
        return new Alert(
                action.alarm(),
                action.alarmArn(),
                action.region(),
                action.newState().name(),
                action.reason(),
                action.at(),
                action.message().email(),
                window(action),
                action.evidence());
    }

    /** How far back the alarm looks: its periods, and one more for where they begin. */
    private static Duration window(AlarmAction action) {
        JsonNode trigger = Json.parse(action.message().json()).path("Trigger");
        long seconds = trigger.path("Period").asLong()
                * (trigger.path("EvaluationPeriods").asLong() + 1);
        return seconds > 0 ? Duration.ofSeconds(seconds) : WINDOW_UNKNOWN;
    }
}
