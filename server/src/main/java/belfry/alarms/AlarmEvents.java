package belfry.alarms;

import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * An alarm's configuration in events, made of what the history keeps of it ({@link HistoryData}), so that an event tells what
 * was put then, whatever became of the alarm.
 */
final class AlarmEvents {
    private AlarmEvents() {}

    /** The detail of {@code CloudWatch Alarm Configuration Change}. */
    static ObjectNode configurationChange(String alarm, JsonNode data) {
        return switch (data.path("type").asText()) {
            case "Create" -> detail(alarm, "create", data.path("createdAlarm"));
            case "Delete" -> detail(alarm, "delete", data.path("deletedAlarm"));
            case "Update" -> {
                ObjectNode detail = detail(alarm, "update", data.path("updatedAlarm"));
                detail.set("previousConfiguration", whole(data.path("previousAlarm")));
                yield detail;
            }
            default -> throw new IllegalArgumentException("the history knows no such change: " + data.path("type"));
        };
    }

    private static ObjectNode detail(String name, String operation, JsonNode alarm) {
        ObjectNode detail = Json.object().put("alarmName", name).put("operation", operation);
        ObjectNode state = detail.putObject("state");
        copy(alarm, state, "actionsSuppressedBy");
        state.set("value", alarm.path("stateValue"));
        state.set("timestamp", alarm.path("stateUpdatedTimestamp"));
        detail.set("configuration", whole(alarm));
        return detail;
    }

    /** What the alarm watches: the configuration that events of its state show. */
    static ObjectNode watched(JsonNode alarm) {
        ObjectNode json = Json.object();
        copy(alarm, "alarmDescription", json, "description");
        if (alarm.has("alarmRule")) {
            composite(alarm, json);
        } else {
            json.set("metrics", metrics(alarm));
        }
        return json;
    }

    private static ObjectNode whole(JsonNode alarm) {
        ObjectNode json = Json.object();
        if (alarm.has("alarmRule")) {
            composite(alarm, json);
        } else {
            copy(alarm, json, "evaluationPeriods");
            copy(alarm, json, "datapointsToAlarm");
            copy(alarm, json, "threshold");
            copy(alarm, json, "thresholdMetricId");
            copy(alarm, json, "comparisonOperator");
            copy(alarm, json, "treatMissingData");
            copy(alarm, json, "evaluateLowSampleCountPercentile");
            json.set("metrics", metrics(alarm));
        }
        copy(alarm, json, "alarmName");
        copy(alarm, "alarmDescription", json, "description");
        copy(alarm, json, "actionsEnabled");
        copy(alarm, "alarmConfigurationUpdatedTimestamp", json, "timestamp");
        copy(alarm, "okactions", json, "okActions");
        copy(alarm, json, "alarmActions");
        copy(alarm, json, "insufficientDataActions");
        return json;
    }

    private static void composite(JsonNode alarm, ObjectNode json) {
        copy(alarm, json, "alarmRule");
        copy(alarm, json, "actionsSuppressor");
        copy(alarm, json, "actionsSuppressorWaitPeriod");
        copy(alarm, json, "actionsSuppressorExtensionPeriod");
    }

    private static ArrayNode metrics(JsonNode alarm) {
        ArrayNode metrics = Json.array();
        if (alarm.has("metrics")) {
            alarm.path("metrics").forEach(query -> metrics.add(query(query)));
            return metrics;
        }
        // AWS makes up an id here; ours stays the same for the alarm.
        byte[] arn = alarm.path("alarmArn").asText().getBytes(StandardCharsets.UTF_8);
        ObjectNode only =
                metrics.addObject().put("id", UUID.nameUUIDFromBytes(arn).toString());
        ObjectNode stat = only.putObject("metricStat");
        stat.set("metric", metric(alarm, "namespace", "metricName", "dimensions", "name", "value"));
        copy(alarm, stat, "period");
        copy(alarm, alarm.has("statistic") ? "statistic" : "extendedStatistic", stat, "stat");
        copy(alarm, stat, "unit");
        only.put("returnData", true);
        return metrics;
    }

    private static ObjectNode query(JsonNode query) {
        ObjectNode json = Json.object();
        copy(query, "Id", json, "id");
        copy(query, "Expression", json, "expression");
        copy(query, "Label", json, "label");
        JsonNode asked = query.path("MetricStat");
        if (!asked.isMissingNode()) {
            ObjectNode stat = json.putObject("metricStat");
            stat.set("metric", metric(asked.path("Metric"), "Namespace", "MetricName", "Dimensions", "Name", "Value"));
            copy(asked, "Period", stat, "period");
            copy(asked, "Stat", stat, "stat");
            copy(asked, "Unit", stat, "unit");
        }
        copy(query, "Period", json, "period");
        return json.put("returnData", query.path("ReturnData").asBoolean(true));
    }

    private static ObjectNode metric(
            JsonNode from, String namespace, String metric, String dimensions, String name, String value) {
        ObjectNode json = Json.object();
        copy(from, namespace, json, "namespace");
        copy(from, metric, json, "name");
        ObjectNode map = json.putObject("dimensions");
        from.path(dimensions).forEach(dimension -> map.set(dimension.path(name).asText(), dimension.path(value)));
        return json;
    }

    static void copy(JsonNode from, ObjectNode to, String name) {
        copy(from, name, to, name);
    }

    private static void copy(JsonNode from, String name, ObjectNode to, String newName) {
        JsonNode value = from.get(name);
        if (value != null && !value.isNull()) {
            to.set(newName, value);
        }
    }
}
