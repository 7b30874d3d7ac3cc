package belfry.alarms;

import belfry.base.Bell;
import belfry.base.Json;
import belfry.store.Row;
import belfry.store.Tx;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/** What EventBridge is told of alarms, in its order: changes of state and of configuration (alarms.md §10). */
public final class AlarmChanges {
    /** Rung for each change. */
    public static final Bell CHANGED = new Bell("alarms.changed");

    private static final String STATE = "StateUpdate";

    private AlarmChanges() {}

    /**
     * One change.
     *
     * @param seq grows with each
     * @param detailType the event's detail-type
     * @param detail the event's detail
     */
    public record Change(
            long seq,
            String account,
            String region,
            String alarmArn,
            Instant at,
            String detailType,
            ObjectNode detail) {}

    private record Item(
            long seq, String account, String region, String alarm, Instant at, String type, JsonNode data) {}

    /** The first {@code limit} changes after {@code seq}. The state of an alarm deleted since is told without configuration. */
    public static List<Change> after(Tx tx, long seq, int limit) {
        return tx
                .query(
                        "SELECT seq, account, region, alarm, at, item_type, data FROM alarm_history WHERE seq > ?"
                                + " AND item_type IN ('StateUpdate', 'ConfigurationUpdate') ORDER BY seq LIMIT ?",
                        AlarmChanges::item,
                        seq,
                        limit)
                .stream()
                .map(item -> change(tx, item))
                .toList();
    }

    private static Item item(Row row) {
        return new Item(
                row.number(1),
                row.text(2),
                row.text(3),
                row.text(4),
                row.instant(5),
                row.text(6),
                Json.parse(row.text(7)));
    }

    private static Change change(Tx tx, Item item) {
        boolean state = item.type().equals(STATE);
        return new Change(
                item.seq(),
                item.account(),
                item.region(),
                Alarm.arn(item.account(), item.region(), item.alarm()),
                item.at(),
                state ? "CloudWatch Alarm State Change" : "CloudWatch Alarm Configuration Change",
                state ? stateChange(tx, item) : AlarmEvents.configurationChange(item.alarm(), item.data()));
    }

    private static ObjectNode stateChange(Tx tx, Item item) {
        ObjectNode detail = Json.object().put("alarmName", item.alarm());
        detail.set("state", state(item.data().path("newState"), item.at()));
        detail.set("previousState", state(item.data().path("oldState"), before(tx, item)));
        AlarmTable.find(tx, item.account(), item.region(), item.alarm())
                .ifPresent(alarm -> detail.set("configuration", AlarmEvents.watched(HistoryData.of(alarm))));
        Mutes.active(tx, item.account(), item.region(), item.alarm(), item.at())
                .ifPresent(mute -> detail.putObject("muteDetail")
                        .put("mutedByArn", mute.arn())
                        .put("muteWindowStart", AlarmDates.iso(mute.window().start()))
                        .put("muteWindowEnd", AlarmDates.iso(mute.window().end())));
        return detail;
    }

    /** When the state before was set: with the change before, else when the alarm was made. */
    private static Instant before(Tx tx, Item item) {
        return tx.first(
                        "SELECT at FROM alarm_history WHERE account = ? AND region = ? AND alarm = ? AND seq < ?"
                                + " ORDER BY CASE WHEN item_type = 'StateUpdate' THEN seq ELSE -seq END DESC LIMIT 1",
                        row -> row.instant(1),
                        item.account(),
                        item.region(),
                        item.alarm(),
                        item.seq())
                .orElse(item.at());
    }

    private static ObjectNode state(JsonNode state, Instant at) {
        ObjectNode json = Json.object()
                .put("value", state.path("stateValue").asText())
                .put("reason", state.path("stateReason").asText());
        if (state.has("stateReasonData")) {
            json.put("reasonData", Json.write(state.path("stateReasonData")));
        }
        AlarmEvents.copy(state, json, "actionsSuppressedBy");
        AlarmEvents.copy(state, json, "actionsSuppressedReason");
        return json.put("timestamp", AlarmDates.iso(at));
    }
}
