package belfry.alarms;

import belfry.api.cloudwatch.SetAlarmStateInput;
import belfry.base.Json;
import belfry.engine.alarm.AlarmSchedule;
import belfry.engine.alarm.AlarmState;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** SetAlarmState, Enable- and DisableAlarmActions (alarms.md §6). */
final class SetState {
    private SetState() {}

    static void run(Tx tx, SetAlarmStateInput in, Call call, AlarmTree tree) {
        Alarm alarm = AlarmTable.find(tx, call.account(), call.region(), in.alarmName())
                .orElseThrow(() -> ServiceException.of("ResourceNotFound", 404, null));
        AlarmState state = AlarmState.valueOf(in.stateValue());
        String data = reasonData(in.stateReasonData());
        if (state == alarm.state()) {
            AlarmTable.setState(tx, alarm, state, in.stateReason(), data, call.now());
        } else {
            StateChange change = new StateChange(alarm.state(), state, in.stateReason(), data, call.now());
            tree.change(tx, alarm, change, () -> Evidence.NONE);
        }
        if (alarm.kind() == AlarmKind.METRIC) {
            // The state holds until the next evaluation; a composite alarm keeps it until a child changes.
            AlarmRules rules = AlarmRules.of(alarm.account(), alarm.region(), alarm.metricAlarm());
            AlarmTable.setDue(tx, alarm.id(), AlarmSchedule.nextEvaluation(rules.rule(), call.now()));
            tx.ring(AlarmTable.CONFIGURED);
        }
    }

    static void actionsEnabled(Tx tx, Alarm alarm, boolean enabled, Instant now) {
        AlarmTable.setActionsEnabled(tx, alarm, enabled);
        Alarm after = AlarmTable.find(tx, alarm.id()).orElseThrow();
        AlarmHistory.configured(tx, after, "updated", HistoryData.updated(alarm, after), now);
    }

    /** The history shows the data as an object, so it must be JSON. */
    private static @Nullable String reasonData(@Nullable String data) {
        if (data == null || data.isEmpty()) {
            return null;
        }
        try {
            var unused = Json.parse(data);
            return data;
        } catch (IllegalArgumentException e) {
            throw ServiceException.of("InvalidFormat", "StateReasonData is not valid JSON.");
        }
    }
}
