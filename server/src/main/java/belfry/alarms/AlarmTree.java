package belfry.alarms;

import belfry.base.Arn;
import belfry.base.Json;
import belfry.engine.alarm.AlarmState;
import belfry.engine.alarm.CompositeRule;
import belfry.store.Tx;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Changes of state, and what they change in the composite alarms above (alarms.md §11). */
final class AlarmTree {
    /** StateReasonData holds 4,000 characters; the longest entry takes less than the rest. */
    private static final int REASON_DATA_ROOM = 3_500;

    private final AlarmStates states;

    AlarmTree(AlarmStates states) {
        this.states = states;
    }

    /** Changes an alarm's state and evaluates the composite alarms whose rules name it. */
    void change(Tx tx, Alarm alarm, StateChange change, Supplier<Evidence> evidence) {
        change(tx, alarm, change, evidence, new HashSet<>());
    }

    /** Evaluates a composite alarm that was created or updated. */
    void configured(Tx tx, Alarm composite, Instant now) {
        AlarmState state = evaluate(tx, composite);
        if (state == composite.state()) {
            return;
        }
        String done = composite.reason().startsWith("Unchecked:") ? " was created" : " was updated";
        String reason = composite.arn() + done + " and its alarm rule evaluates to " + state;
        StateChange change = new StateChange(composite.state(), state, reason, children(tx, composite), now);
        change(tx, composite, change, () -> Evidence.NONE);
    }

    /** Takes what was held back of a composite alarm, if its time has come; says when to look again. */
    Optional<Instant> release(Tx tx, Alarm composite, Instant now) {
        Hold hold = Suppression.now(composite, now);
        if (!hold.equals(composite.hold())) {
            AlarmTable.setHold(tx, composite, hold);
        }
        AlarmTable.find(tx, composite.id())
                .ifPresent(alarm -> states.release(tx, alarm, now, false, () -> Evidence.NONE));
        return hold.until();
    }

    static CompositeRule rule(Alarm composite) {
        return CompositeRule.parse(composite.compositeAlarm().alarmRule());
    }

    /** The name of an alarm that a rule names by name or ARN. */
    static String childName(String child) {
        return Arn.parse(child)
                .map(Arn::resource)
                .filter(resource -> resource.startsWith("alarm:"))
                .map(resource -> resource.substring("alarm:".length()))
                .orElse(child);
    }

    /** {@code passed} holds the alarms already changed: where rules form a ring, evaluation ends there. */
    private void change(Tx tx, Alarm alarm, StateChange change, Supplier<Evidence> evidence, Set<Long> passed) {
        states.change(tx, alarm, change, evidence);
        Suppression.suppressorChanged(tx, alarm, change);
        passed.add(alarm.id());
        List<Long> parents = tx.query(
                "SELECT parent FROM alarm_child JOIN alarm ON alarm.id = parent"
                        + " WHERE child = ? AND account = ? AND region = ? ORDER BY parent",
                row -> row.number(1),
                alarm.name(),
                alarm.account(),
                alarm.region());
        for (long parent : parents) {
            if (!passed.contains(parent)) {
                AlarmTable.find(tx, parent).ifPresent(composite -> childChanged(tx, composite, alarm, change, passed));
            }
        }
    }

    private void childChanged(Tx tx, Alarm composite, Alarm child, StateChange change, Set<Long> passed) {
        AlarmState state = evaluate(tx, composite);
        if (state == composite.state()) {
            Decisions.record(
                    tx,
                    composite,
                    Decision.unchanged(state, false),
                    "The alarm rule evaluates to " + state,
                    change.at());
            return;
        }
        String reason = child.arn() + " transitioned to " + change.to() + " at " + AlarmDates.words(change.at());
        StateChange up = new StateChange(composite.state(), state, reason, reasonData(child, change), change.at());
        change(tx, composite, up, () -> Evidence.NONE, passed);
    }

    private static AlarmState evaluate(Tx tx, Alarm composite) {
        return rule(composite)
                .evaluate(child -> AlarmTable.find(tx, composite.account(), composite.region(), childName(child))
                        .map(Alarm::state)
                        .orElse(AlarmState.INSUFFICIENT_DATA));
    }

    /** All children with their states: what the first evaluation rests on. */
    private static String children(Tx tx, Alarm composite) {
        ObjectNode data = Json.object();
        ArrayNode entries = data.putArray("triggeringAlarms");
        for (String name : rule(composite).children()) {
            AlarmTable.find(tx, composite.account(), composite.region(), childName(name))
                    .filter(child -> Json.write(data).length() < REASON_DATA_ROOM)
                    .ifPresent(child -> {
                        ObjectNode entry = entries.addObject().put("arn", child.arn());
                        entry.putObject("state")
                                .put("value", child.state().name())
                                .put("timestamp", AlarmDates.iso(child.transitioned()));
                    });
        }
        return Json.write(data);
    }

    private static String reasonData(Alarm child, StateChange change) {
        ObjectNode data = Json.object();
        ObjectNode entry = data.putArray("triggeringAlarms").addObject().put("arn", child.arn());
        entry.putObject("state").put("value", change.to().name()).put("timestamp", AlarmDates.iso(change.at()));
        return Json.write(data);
    }
}
