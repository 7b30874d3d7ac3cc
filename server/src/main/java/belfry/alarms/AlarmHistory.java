package belfry.alarms;

import belfry.base.Json;
import belfry.store.Tx;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happened to alarms, kept for 30 days even beyond their deletion (alarms.md §7). */
public final class AlarmHistory {
    static final Duration KEPT = Duration.ofDays(30);
    private static final int SUMMARY_MAX = 255;

    private AlarmHistory() {}

    /** @param suppressed what holds the actions back, of a composite alarm */
    static void stateChanged(Tx tx, Alarm before, StateChange change, Optional<SuppressedBy> suppressed) {
        ObjectNode data = Json.object().put("version", "1.0");
        data.set("oldState", state(before.state().name(), before.reason(), before.reasonData()));
        ObjectNode newState = state(change.to().name(), change.reason(), change.reasonData());
        suppressed.ifPresent(
                by -> newState.put("actionsSuppressedBy", by.awsName()).put("actionsSuppressedReason", by.reason()));
        data.set("newState", newState);
        add(tx, before, change.at(), "StateUpdate", "Alarm updated from " + change.from() + " to " + change.to(), data);
        tx.ring(AlarmChanges.CHANGED);
    }

    /** @param done {@code created}, {@code updated} or {@code deleted} */
    static void configured(Tx tx, Alarm alarm, String done, ObjectNode data, Instant at) {
        add(tx, alarm, at, "ConfigurationUpdate", "Alarm \"" + alarm.name() + "\" " + done, data);
        tx.ring(AlarmChanges.CHANGED);
    }

    /** The topic took the message. To be called in the transaction that publishes it. */
    public static void actionSucceeded(Tx tx, AlarmAction action, Instant at) {
        ObjectNode data = actionData(action, "Succeeded");
        data.put("publishedMessage", Json.write(action.message().structure())).putNull("error");
        add(tx, action, at, "Successfully executed action " + action.action(), data);
        AlarmActions.settle(tx, action, "Succeeded");
    }

    /**
     * The action could not be taken.
     *
     * @param error what went wrong, as a sentence
     */
    public static void actionFailed(Tx tx, AlarmAction action, String error, Instant at) {
        ObjectNode data = actionData(action, "Failed");
        data.putNull("publishedMessage").put("error", error);
        add(
                tx,
                action,
                at,
                "Failed to execute action " + action.action() + ". Received error: \"" + error + "\"",
                data);
        AlarmActions.settle(tx, action, "Failed: " + error);
    }

    private static ObjectNode actionData(AlarmAction action, String state) {
        return Json.object()
                .put("actionState", state)
                .put("stateUpdateTimestamp", action.at().toEpochMilli())
                .put("notificationResource", action.action());
    }

    private static ObjectNode state(String value, String reason, @Nullable String reasonData) {
        ObjectNode state = Json.object().put("stateValue", value).put("stateReason", reason);
        if (reasonData != null) {
            state.set("stateReasonData", Json.parse(reasonData));
        }
        return state;
    }

    private static void add(Tx tx, Alarm alarm, Instant at, String type, String summary, ObjectNode data) {
        insert(tx, alarm.account(), alarm.region(), alarm.name(), alarm.kind(), at, type, summary, data);
    }

    private static void add(Tx tx, AlarmAction action, Instant at, String summary, ObjectNode data) {
        insert(tx, action.account(), action.region(), action.alarm(), action.kind(), at, "Action", summary, data);
    }

    private static void insert(
            Tx tx,
            String account,
            String region,
            String alarm,
            AlarmKind kind,
            Instant at,
            String type,
            String summary,
            ObjectNode data) {
        tx.update(
                "INSERT INTO alarm_history (account, region, alarm, kind, at, item_type, summary, data)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                account,
                region,
                alarm,
                kind.awsName(),
                at,
                type,
                summary.length() > SUMMARY_MAX ? summary.substring(0, SUMMARY_MAX) : summary,
                Json.write(data));
    }
}
