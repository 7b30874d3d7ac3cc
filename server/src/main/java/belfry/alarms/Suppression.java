package belfry.alarms;

import belfry.api.cloudwatch.CompositeAlarm;
import belfry.engine.alarm.AlarmState;
import belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a suppressor holds a composite alarm's actions back (alarms.md §11). A change begins the wait period, unless the
 * suppressor is in ALARM; while it is, actions are held; when it comes back, the extension period begins. What ends without the
 * suppressor in ALARM lets the actions of the state go that the alarm has then, if that is another than before.
 */
final class Suppression {
    private Suppression() {}

    /** What holds the actions of a change that happens now; none where nothing does. */
    static Hold onChange(Tx tx, Alarm alarm, Instant now) {
        if (alarm.kind() != AlarmKind.COMPOSITE || alarm.hold().by().isPresent()) {
            return alarm.hold();
        }
        CompositeAlarm shown = alarm.compositeAlarm();
        if (shown.actionsSuppressor() == null) {
            return alarm.hold();
        }
        boolean suppressed = AlarmTable.find(tx, alarm.account(), alarm.region(), name(shown))
                .filter(suppressor -> suppressor.state() == AlarmState.ALARM)
                .isPresent();
        if (suppressed) {
            return alarm.hold().suppressed(SuppressedBy.ALARM, Optional.empty());
        }
        return period(alarm.hold(), SuppressedBy.WAIT_PERIOD, shown.actionsSuppressorWaitPeriod(), now);
    }

    /** The suppressor of these alarms has changed its state. */
    static void suppressorChanged(Tx tx, Alarm suppressor, StateChange change) {
        List<Alarm> alarms = AlarmTable.suppressedBy(tx, suppressor);
        for (Alarm alarm : alarms) {
            Optional<SuppressedBy> by = alarm.hold().by();
            if (by.isEmpty()) {
                continue;
            }
            if (change.to() == AlarmState.ALARM) {
                AlarmTable.setHold(tx, alarm, alarm.hold().suppressed(SuppressedBy.ALARM, Optional.empty()));
            } else if (by.get() == SuppressedBy.ALARM) {
                Integer extension = alarm.compositeAlarm().actionsSuppressorExtensionPeriod();
                Hold hold = period(alarm.hold().unsuppressed(), SuppressedBy.EXTENSION_PERIOD, extension, change.at());
                AlarmTable.setHold(tx, alarm, hold);
                AlarmTable.setDue(tx, alarm.id(), hold.until().orElse(change.at()));
                tx.ring(AlarmTable.CONFIGURED);
            }
        }
    }

    /** The hold when time has come, or the alarm was put anew. */
    static Hold now(Alarm composite, Instant now) {
        boolean over = composite.hold().until().filter(end -> !end.isAfter(now)).isPresent();
        boolean removed = composite.compositeAlarm().actionsSuppressor() == null;
        return over || removed ? composite.hold().unsuppressed() : composite.hold();
    }

    static String name(CompositeAlarm shown) {
        return AlarmTree.childName(shown.actionsSuppressor());
    }

    private static Hold period(Hold hold, SuppressedBy by, @Nullable Integer seconds, Instant now) {
        int length = Objects.requireNonNullElse(seconds, 0);
        return length > 0 ? hold.suppressed(by, Optional.of(now.plus(Duration.ofSeconds(length)))) : hold;
    }
}
