package belfry.alarms;

import belfry.api.cloudwatch.MetricAlarm;
import belfry.base.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The data of ConfigurationUpdate items (alarms.md §7): the alarm as it was put. */
final class HistoryData {
    private HistoryData() {}

    static ObjectNode created(Alarm alarm) {
        ObjectNode data = head("Create");
        data.set("createdAlarm", alarm(alarm));
        return data;
    }

    static ObjectNode updated(Alarm before, Alarm after) {
        ObjectNode data = head("Update");
        data.set("updatedAlarm", alarm(after));
        data.set("previousAlarm", alarm(before));
        return data;
    }

    static ObjectNode deleted(Alarm alarm) {
        ObjectNode data = head("Delete");
        data.set("deletedAlarm", alarm(alarm));
        return data;
    }

    private static ObjectNode head(String type) {
        return Json.object().put("version", "1.0").put("type", type);
    }

    /** The alarm as the history keeps it. */
    static ObjectNode of(Alarm alarm) {
        return alarm(alarm);
    }

    private static ObjectNode alarm(Alarm alarm) {
        return switch (alarm.kind()) {
            case METRIC -> metric(alarm, alarm.metricAlarm());
            case COMPOSITE -> composite(alarm);
        };
    }

    private static ObjectNode metric(Alarm alarm, MetricAlarm shown) {
        ObjectNode json = named(alarm, shown.alarmDescription());
        text(json, "namespace", shown.namespace());
        text(json, "metricName", shown.metricName());
        text(json, "statistic", shown.statistic());
        text(json, "extendedStatistic", shown.extendedStatistic());
        text(json, "unit", shown.unit());
        json.put("period", AlarmRules.period(shown));
        ArrayNode dimensions = json.putArray("dimensions");
        if (shown.dimensions() != null) {
            shown.dimensions()
                    .forEach(dimension -> dimensions
                            .addObject()
                            .put("value", dimension.value())
                            .put("name", dimension.name()));
        }
        if (shown.thresholdMetricId() == null) {
            json.put("threshold", shown.threshold());
        } else {
            json.put("thresholdMetricId", shown.thresholdMetricId());
        }
        json.put("comparisonOperator", shown.comparisonOperator());
        json.put("evaluationPeriods", shown.evaluationPeriods());
        if (shown.datapointsToAlarm() != null) {
            json.put("datapointsToAlarm", shown.datapointsToAlarm());
        }
        text(json, "treatMissingData", shown.treatMissingData());
        text(json, "evaluateLowSampleCountPercentile", shown.evaluateLowSampleCountPercentile());
        if (shown.metrics() != null) {
            ArrayNode metrics = json.putArray("metrics");
            shown.metrics().forEach(query -> metrics.add(CloudWatch.STRUCTS.write(query)));
        }
        return state(json, alarm, shown.okActions(), shown.alarmActions(), shown.insufficientDataActions());
    }

    private static ObjectNode composite(Alarm alarm) {
        var shown = alarm.compositeAlarm();
        ObjectNode json = named(alarm, shown.alarmDescription()).put("alarmRule", shown.alarmRule());
        if (shown.actionsSuppressor() != null) {
            json.put("actionsSuppressor", shown.actionsSuppressor())
                    .put("actionsSuppressorWaitPeriod", shown.actionsSuppressorWaitPeriod())
                    .put("actionsSuppressorExtensionPeriod", shown.actionsSuppressorExtensionPeriod());
        }
        alarm.hold().by().ifPresent(by -> json.put("actionsSuppressedBy", by.awsName()));
        return state(json, alarm, shown.okActions(), shown.alarmActions(), shown.insufficientDataActions());
    }

    private static ObjectNode named(Alarm alarm, @Nullable String description) {
        ObjectNode json = Json.object().put("alarmName", alarm.name());
        text(json, "alarmDescription", description);
        return json.put("alarmArn", alarm.arn())
                .put("alarmConfigurationUpdatedTimestamp", AlarmDates.iso(alarm.configured()));
    }

    private static ObjectNode state(
            ObjectNode json,
            Alarm alarm,
            @Nullable List<String> ok,
            @Nullable List<String> inAlarm,
            @Nullable List<String> insufficientData) {
        json.put("stateValue", alarm.state().name())
                .put("stateUpdatedTimestamp", AlarmDates.iso(alarm.stateUpdated()))
                .put("actionsEnabled", alarm.actionsEnabled());
        list(json, "alarmActions", inAlarm);
        list(json, "insufficientDataActions", insufficientData);
        list(json, "okactions", ok);
        return json;
    }

    private static void list(ObjectNode json, String name, @Nullable List<String> values) {
        ArrayNode array = json.putArray(name);
        Objects.requireNonNullElse(values, List.<String>of()).forEach(array::add);
    }

    private static void text(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
