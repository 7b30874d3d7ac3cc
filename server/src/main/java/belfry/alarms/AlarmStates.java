package belfry.alarms;

import belfry.base.Arn;
import belfry.engine.alarm.AlarmState;
import belfry.store.Tx;
import java.time.Instant;
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
        Hold hold = Suppression.onChange(tx, alarm, change.at());
        boolean muted = Mutes.active(tx, alarm.account(), alarm.region(), alarm.name(), change.at())
                .isPresent();
        boolean held = hold.by().isPresent() || muted;
        keep(tx, alarm, held ? hold.holding(change.from()) : Hold.NONE);
        AlarmHistory.stateChanged(tx, alarm, change, hold.by());
        List<String> actions = actions(alarm, change.to());
        Decision decision = decision(alarm, actions, hold, muted);
        Decisions.record(tx, alarm, decision, change.reason(), change.at());
        if (decision == Decision.FIRED) {
            fire(tx, alarm, change, false, actions, evidence.get());
        }
    }

    /**
     * Takes the actions that were held back, once nothing holds them any longer: those of the state the alarm has now, if it is
     * another than before they were held.
     *
     * @param afterMute whether a mute rule's window ended
     */
    void release(Tx tx, Alarm alarm, Instant now, boolean afterMute, Supplier<Evidence> evidence) {
        Hold hold = alarm.hold();
        boolean muted = Mutes.active(tx, alarm.account(), alarm.region(), alarm.name(), now)
                .isPresent();
        if (hold.by().isPresent() || muted || hold.from().isEmpty()) {
            return;
        }
        keep(tx, alarm, Hold.NONE);
        if (hold.from().get() == alarm.state()) {
            Decisions.record(tx, alarm, Decision.OVERTAKEN, alarm.reason(), now);
            return;
        }
        List<String> actions = actions(alarm, alarm.state());
        Decision decision = decision(alarm, actions, Hold.NONE, false);
        Decisions.record(tx, alarm, decision, alarm.reason(), now);
        if (decision == Decision.FIRED) {
            StateChange change = new StateChange(
                    hold.from().get(), alarm.state(), alarm.reason(), alarm.reasonData(), alarm.transitioned());
            fire(tx, alarm, change, afterMute, actions, evidence.get());
        }
    }

    private static void keep(Tx tx, Alarm alarm, Hold hold) {
        if (!hold.equals(alarm.hold())) {
            AlarmTable.setHold(tx, alarm, hold);
            hold.until().ifPresent(end -> {
                AlarmTable.setDue(tx, alarm.id(), end);
                tx.ring(AlarmTable.CONFIGURED);
            });
        }
    }

    private static Decision decision(Alarm alarm, List<String> actions, Hold hold, boolean muted) {
        if (actions.isEmpty()) {
            return Decision.NO_ACTIONS;
        }
        if (!alarm.actionsEnabled()) {
            return Decision.ACTIONS_DISABLED;
        }
        if (hold.by().isPresent()) {
            return Decision.SUPPRESSED;
        }
        return muted ? Decision.MUTED : Decision.FIRED;
    }

    private void fire(
            Tx tx, Alarm alarm, StateChange change, boolean afterMute, List<String> actions, Evidence evidence) {
        AlarmMessage message = AlarmMessage.of(alarm, change, afterMute, links);
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
