package belfry.alarms;

import belfry.api.cloudwatch.CompositeAlarm;
import belfry.api.cloudwatch.Dimension;
import belfry.api.cloudwatch.Metric;
import belfry.api.cloudwatch.MetricAlarm;
import belfry.api.cloudwatch.MetricDataQuery;
import belfry.api.cloudwatch.MetricStat;
import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The JSON that subscribers get, members in AWS's order (alarms.md §8). */
final class NoticeJson {
    private NoticeJson() {}

    static ObjectNode metric(Alarm alarm, StateChange change, boolean afterMute) {
        MetricAlarm shown = alarm.metricAlarm();
        ObjectNode json = head(alarm, shown.alarmDescription(), change);
        actions(json, shown.okActions(), shown.alarmActions(), shown.insufficientDataActions());
        json.set("Trigger", shown.metricName() != null ? trigger(shown) : mathTrigger(shown));
        return json.put("ActionExecutedAfterMuteWindow", afterMute);
    }

    static ObjectNode composite(Alarm alarm, StateChange change, boolean afterMute) {
        CompositeAlarm shown = alarm.compositeAlarm();
        ObjectNode json = head(alarm, shown.alarmDescription(), change);
        actions(json, shown.okActions(), shown.alarmActions(), shown.insufficientDataActions());
        json.put("AlarmRule", shown.alarmRule());
        ArrayNode children = json.putArray("TriggeringChildren");
        if (change.reasonData() != null) {
            for (JsonNode child : Json.parse(change.reasonData()).path("triggeringAlarms")) {
                ObjectNode entry = children.addObject();
                entry.set("Arn", child.path("arn"));
                entry.putObject("State")
                        .put("Value", child.path("state").path("value").asText())
                        .put("Timestamp", child.path("state").path("timestamp").asText());
            }
        }
        return json.put("ActionExecutedAfterMuteWindow", afterMute);
    }

    private static ObjectNode head(Alarm alarm, @Nullable String description, StateChange change) {
        return Json.object()
                .put("AlarmName", alarm.name())
                .put("AlarmDescription", description)
                .put("AWSAccountId", alarm.account())
                .put("AlarmConfigurationUpdatedTimestamp", AlarmDates.iso(alarm.configured()))
                .put("NewStateValue", change.to().name())
                .put("NewStateReason", change.reason())
                .put("StateChangeTime", AlarmDates.iso(change.at()))
                .put("Region", RegionNames.of(alarm.region()))
                .put("AlarmArn", alarm.arn())
                .put("OldStateValue", change.from().name());
    }

    private static void actions(
            ObjectNode json,
            @Nullable List<String> ok,
            @Nullable List<String> alarm,
            @Nullable List<String> insufficientData) {
        json.set("OKActions", texts(ok));
        json.set("AlarmActions", texts(alarm));
        json.set("InsufficientDataActions", texts(insufficientData));
    }

    private static ArrayNode texts(@Nullable List<String> texts) {
        ArrayNode array = Json.array();
        if (texts != null) {
            texts.forEach(array::add);
        }
        return array;
    }

    private static ObjectNode trigger(MetricAlarm alarm) {
        ObjectNode trigger = Json.object().put("MetricName", alarm.metricName()).put("Namespace", alarm.namespace());
        if (alarm.statistic() != null) {
            trigger.put("StatisticType", "Statistic").put("Statistic", upper(alarm.statistic()));
        } else {
            trigger.put("StatisticType", "ExtendedStatistic").put("ExtendedStatistic", alarm.extendedStatistic());
        }
        trigger.put("Unit", alarm.unit());
        trigger.set("Dimensions", dimensions(alarm.dimensions()));
        trigger.put("Period", alarm.period());
        return comparison(trigger, alarm);
    }

    private static ObjectNode mathTrigger(MetricAlarm alarm) {
        ObjectNode trigger = Json.object().put("Period", AlarmRules.period(alarm));
        comparison(trigger, alarm);
        ArrayNode metrics = trigger.putArray("Metrics");
        Objects.requireNonNullElse(alarm.metrics(), List.<MetricDataQuery>of())
                .forEach(query -> metrics.add(query(query)));
        return trigger;
    }

    private static ObjectNode comparison(ObjectNode trigger, MetricAlarm alarm) {
        trigger.put("EvaluationPeriods", alarm.evaluationPeriods());
        if (alarm.datapointsToAlarm() != null) {
            trigger.put("DatapointsToAlarm", alarm.datapointsToAlarm());
        }
        trigger.put("ComparisonOperator", alarm.comparisonOperator());
        if (alarm.thresholdMetricId() != null) {
            trigger.put("ThresholdMetricId", alarm.thresholdMetricId());
        } else {
            trigger.put("Threshold", alarm.threshold());
        }
        return trigger.put("TreatMissingData", Objects.requireNonNullElse(alarm.treatMissingData(), "missing"))
                .put(
                        "EvaluateLowSampleCountPercentile",
                        Objects.requireNonNullElse(alarm.evaluateLowSampleCountPercentile(), ""));
    }

    private static ObjectNode query(MetricDataQuery query) {
        ObjectNode json = Json.object();
        MetricStat stat = query.metricStat();
        if (stat != null) {
            json.put("Id", query.id());
            ObjectNode inner = json.putObject("MetricStat");
            Metric metric = stat.metric();
            ObjectNode name = inner.putObject("Metric");
            name.set("Dimensions", dimensions(metric.dimensions()));
            name.put("MetricName", metric.metricName()).put("Namespace", metric.namespace());
            inner.put("Period", stat.period()).put("Stat", stat.stat());
        } else {
            json.put("Expression", query.expression()).put("Id", query.id());
        }
        if (query.label() != null) {
            json.put("Label", query.label());
        }
        return json.put("ReturnData", !Boolean.FALSE.equals(query.returnData()));
    }

    private static ArrayNode dimensions(@Nullable List<Dimension> dimensions) {
        ArrayNode array = Json.array();
        if (dimensions != null) {
            dimensions.forEach(dimension ->
                    array.addObject().put("value", dimension.value()).put("name", dimension.name()));
        }
        return array;
    }

    private static String upper(String statistic) {
        return statistic.equals("SampleCount") ? "SAMPLE_COUNT" : statistic.toUpperCase(Locale.ROOT);
    }
}
