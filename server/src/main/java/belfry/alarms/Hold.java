package belfry.alarms;

import belfry.engine.alarm.AlarmState;
import java.time.Instant;
import java.util.Optional;

/**
 * What holds an alarm's actions back.
 *
 * @param by set while a suppressor does
 * @param until when the suppressor's period ends; empty while the suppressor is in ALARM
 * @param from the state before the first change whose actions were held back; empty when there is none
 */
record Hold(Optional<SuppressedBy> by, Optional<Instant> until, Optional<AlarmState> from) {
    static final Hold NONE = new Hold(Optional.empty(), Optional.empty(), Optional.empty());

    /** Nothing suppresses any longer; what is held stays to be told. */
    Hold unsuppressed() {
        return new Hold(Optional.empty(), Optional.empty(), from);
    }

    Hold suppressed(SuppressedBy why, Optional<Instant> end) {
        return new Hold(Optional.of(why), end, from);
    }

    Hold holding(AlarmState state) {
        return from.isPresent() ? this : new Hold(by, until, Optional.of(state));
    }
}
