package belfry.alarms;

import belfry.base.Arn;
import belfry.engine.alarm.AlarmState;
import belfry.store.Tx;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What follows from a change of state: the row, the history, the decision, the actions (alarms.md §1, §6, §7). */
final class AlarmStates {
    private final AlarmLinks links;

    AlarmStates(AlarmLinks links) {
        this.links = links;
    }

    /**
     * Moves an alarm to another state.
     *
     * @param evidence asked for only when actions are taken
     */
    void change(Tx tx, Alarm alarm, StateChange change, Supplier<Evidence> evidence) {
        AlarmTable.setState(tx, alarm, change.to(), change.reason(), change.reasonData(), change.at());
        AlarmHistory.stateChanged(tx, alarm, change);
        List<String> actions = actions(alarm, change.to());
        Decision decision = decision(alarm, actions);
        Decisions.record(tx, alarm, decision, change.reason(), change.at());
        if (decision == Decision.FIRED) {
            fire(tx, alarm, change, actions, evidence.get());
        }
    }

    private static Decision decision(Alarm alarm, List<String> actions) {
        if (actions.isEmpty()) {
            return Decision.NO_ACTIONS;
        }
        return alarm.actionsEnabled() ? Decision.FIRED : Decision.ACTIONS_DISABLED;
    }

    private void fire(Tx tx, Alarm alarm, StateChange change, List<String> actions, Evidence evidence) {
        AlarmMessage message = AlarmMessage.of(alarm, change, links);
        for (String action : actions) {
            AlarmAction added = AlarmActions.add(tx, alarm, change, action, message, evidence);
            if (isTopic(action)) {
                tx.ring(AlarmActions.FIRED);
            } else {
                AlarmHistory.actionFailed(tx, added, "Belfry takes no other actions than SNS topics", change.at());
            }
        }
    }

    private static List<String> actions(Alarm alarm, AlarmState state) {
        return switch (alarm.kind()) {
            case METRIC -> {
                var shown = alarm.metricAlarm();
                yield pick(state, shown.okActions(), shown.alarmActions(), shown.insufficientDataActions());
            }
            case COMPOSITE -> {
                var shown = alarm.compositeAlarm();
                yield pick(state, shown.okActions(), shown.alarmActions(), shown.insufficientDataActions());
            }
        };
    }

    private static List<String> pick(
            AlarmState state,
            @Nullable List<String> ok,
            @Nullable List<String> alarm,
            @Nullable List<String> insufficientData) {
        List<String> actions = switch (state) {
            case OK -> ok;
            case ALARM -> alarm;
            case INSUFFICIENT_DATA -> insufficientData;
        };
        return Objects.requireNonNullElse(actions, List.of());
    }

    /** Whether an action is one that Belfry takes; the others fail, and the history says so. */
    private static boolean isTopic(String action) {
        return Arn.parse(action).filter(arn -> arn.service().equals("sns")).isPresent();
    }
}
