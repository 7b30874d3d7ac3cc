package belfry.alarms;

import belfry.api.cloudwatch.Dimension;
import belfry.api.cloudwatch.MetricAlarm;
import belfry.api.cloudwatch.MetricDataQuery;
import belfry.base.Bell;
import belfry.base.Json;
import belfry.store.Row;
import belfry.store.Tx;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The alarms' changes of state in their order, as EventBridge tells of them (alarms.md §10). */
public final class AlarmChanges {
    /** Rung for each change. */
    public static final Bell CHANGED = new Bell("alarms.changed");

    private AlarmChanges() {}

    /**
     * One change.
     *
     * @param seq grows with each
     * @param detail the event's detail
     */
    public record Change(long seq, String account, String region, String alarmArn, Instant at, ObjectNode detail) {}

    private record Item(long seq, String account, String region, String alarm, Instant at, JsonNode data) {}

    /** The first {@code limit} changes after {@code seq}. An alarm deleted since is shown without its configuration. */
    public static List<Change> after(Tx tx, long seq, int limit) {
        return tx
                .query(
                        "SELECT seq, account, region, alarm, at, data FROM alarm_history WHERE seq > ?"
                                + " AND item_type = 'StateUpdate' ORDER BY seq LIMIT ?",
                        AlarmChanges::item,
                        seq,
                        limit)
                .stream()
                .map(item -> change(tx, item))
                .toList();
    }

    private static Item item(Row row) {
        return new Item(row.number(1), row.text(2), row.text(3), row.text(4), row.instant(5), Json.parse(row.text(6)));
    }

    private static Change change(Tx tx, Item item) {
        ObjectNode detail = Json.object().put("alarmName", item.alarm());
        detail.set("state", state(item.data().path("newState"), item.at()));
        detail.set("previousState", state(item.data().path("oldState"), before(tx, item)));
        AlarmTable.find(tx, item.account(), item.region(), item.alarm())
                .ifPresent(alarm -> detail.set("configuration", configuration(alarm)));
        String arn = Alarm.arn(item.account(), item.region(), item.alarm());
        return new Change(item.seq(), item.account(), item.region(), arn, item.at(), detail);
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
        return json.put("timestamp", AlarmDates.iso(at));
    }

    private static ObjectNode configuration(Alarm alarm) {
        ObjectNode json = Json.object();
        switch (alarm.kind()) {
            case COMPOSITE -> {
                var shown = alarm.compositeAlarm();
                put(json, "description", shown.alarmDescription());
                json.put("alarmRule", shown.alarmRule());
            }
            case METRIC -> {
                MetricAlarm shown = alarm.metricAlarm();
                put(json, "description", shown.alarmDescription());
                ArrayNode metrics = json.putArray("metrics");
                if (shown.metrics() == null) {
                    single(metrics.addObject(), alarm, shown);
                } else {
                    shown.metrics().forEach(query -> query(metrics.addObject(), query));
                }
            }
        }
        return json;
    }

    private static void single(ObjectNode json, Alarm alarm, MetricAlarm shown) {
        // AWS makes up an id here; ours stays the same for the alarm.
        json.put(
                "id",
                UUID.nameUUIDFromBytes(alarm.arn().getBytes(StandardCharsets.UTF_8))
                        .toString());
        ObjectNode stat = json.putObject("metricStat");
        metric(stat.putObject("metric"), shown.namespace(), shown.metricName(), shown.dimensions());
        stat.put("period", AlarmRules.period(shown));
        put(stat, "stat", shown.statistic() != null ? shown.statistic() : shown.extendedStatistic());
        json.put("returnData", true);
    }

    private static void query(ObjectNode json, MetricDataQuery query) {
        json.put("id", query.id());
        put(json, "expression", query.expression());
        put(json, "label", query.label());
        var asked = query.metricStat();
        if (asked != null) {
            ObjectNode stat = json.putObject("metricStat");
            var metric = asked.metric();
            metric(stat.putObject("metric"), metric.namespace(), metric.metricName(), metric.dimensions());
            stat.put("period", asked.period()).put("stat", asked.stat());
        }
        json.put("returnData", !Boolean.FALSE.equals(query.returnData()));
    }

    private static void metric(
            ObjectNode json, @Nullable String namespace, @Nullable String name, @Nullable List<Dimension> dimensions) {
        json.put("namespace", namespace).put("name", name);
        ObjectNode map = json.putObject("dimensions");
        if (dimensions != null) {
            dimensions.forEach(dimension -> map.put(dimension.name(), dimension.value()));
        }
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
