package belfry.alarms;

import belfry.engine.alarm.AlarmState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of an alarm's state.
 *
 * @param reasonData JSON; null where there is none
 */
record StateChange(
        AlarmState from,
        AlarmState to,
        String reason,
        @Nullable String reasonData,
        Instant at) {}
