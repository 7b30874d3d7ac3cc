package belfry.tools.setup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/** The alarms of the detections, against those that are there. What users added to them (other actions, a mute) stays. */
final class AlarmSteps {
    private static final String KIND = "alarm";

    private final CloudWatchClient metrics;
    private final String topic;

    AlarmSteps(CloudWatchClient metrics, String topic) {
        this.metrics = metrics;
        this.topic = topic;
    }

    List<Step> steps(List<Detection> detections) {
        Map<String, MetricAlarm> present =
                metrics.describeAlarmsPaginator(r -> r.alarmNamePrefix(Names.PREFIX)).metricAlarms().stream()
                        .collect(Collectors.toMap(MetricAlarm::alarmName, Function.identity()));
        return detections.stream()
                .map(detection -> step(detection, present.get(Names.of(detection))))
                .toList();
    }

    private Step step(Detection wanted, @Nullable MetricAlarm present) {
        String name = Names.of(wanted);
        Runnable apply = () -> put(wanted, present);
        if (present == null) {
            return Step.create(KIND, name, fields(wanted), apply);
        }
        String description = present.alarmDescription() == null ? "" : present.alarmDescription();
        return description.contains(Names.MARK)
                ? Step.compare(KIND, name, fields(wanted), fields(present, description), apply)
                : Step.notOurs(KIND, name, "an alarm without setup's mark in its description: \"" + description + "\"");
    }

    private Map<String, String> fields(Detection detection) {
        Detection.Threshold alarm = detection.alarm();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("description", Names.description(detection));
        fields.put(
                "metric",
                FilterSteps.metric(
                        detection.metric().namespace(), detection.metric().name()));
        fields.put("raised when", condition(alarm.statistic(), alarm.comparison(), alarm.threshold(), alarm.period()));
        fields.put("periods", alarm.datapointsToAlarm() + " of " + alarm.evaluationPeriods());
        fields.put("no data is", alarm.treatMissingData());
        fields.put("tells", topic);
        return fields;
    }

    private Map<String, String> fields(MetricAlarm alarm, String description) {
        int needed = alarm.datapointsToAlarm() == null ? alarm.evaluationPeriods() : alarm.datapointsToAlarm();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("description", description);
        fields.put(
                "metric",
                FilterSteps.metric(alarm.namespace(), alarm.metricName())
                        + (alarm.dimensions().isEmpty() ? "" : " " + alarm.dimensions()));
        fields.put(
                "raised when",
                condition(
                        alarm.statisticAsString(),
                        alarm.comparisonOperatorAsString(),
                        alarm.threshold(),
                        alarm.period()));
        fields.put("periods", needed + " of " + alarm.evaluationPeriods());
        fields.put("no data is", alarm.treatMissingData() == null ? "missing" : alarm.treatMissingData());
        fields.put("tells", alarm.alarmActions().contains(topic) ? topic : String.join(", ", alarm.alarmActions()));
        return fields;
    }

    private static String condition(
            @Nullable String statistic,
            @Nullable String comparison,
            @Nullable Double threshold,
            @Nullable Integer period) {
        return statistic + " " + comparison + " " + threshold + " in " + period + " s";
    }

    private void put(Detection detection, @Nullable MetricAlarm present) {
        Detection.Threshold alarm = detection.alarm();
        List<String> actions = new ArrayList<>(present == null ? List.of() : present.alarmActions());
        if (!actions.contains(topic)) {
            actions.add(topic);
        }
        metrics.putMetricAlarm(r -> r.alarmName(Names.of(detection))
                .alarmDescription(Names.description(detection))
                .namespace(detection.metric().namespace())
                .metricName(detection.metric().name())
                .statistic(alarm.statistic())
                .period(alarm.period())
                .comparisonOperator(alarm.comparison())
                .threshold(alarm.threshold())
                .evaluationPeriods(alarm.evaluationPeriods())
                .datapointsToAlarm(alarm.datapointsToAlarm())
                .treatMissingData(alarm.treatMissingData())
                .actionsEnabled(present == null ? Boolean.TRUE : present.actionsEnabled())
                .alarmActions(actions)
                .okActions(present == null ? List.of() : present.okActions())
                .insufficientDataActions(present == null ? List.of() : present.insufficientDataActions()));
    }
}
