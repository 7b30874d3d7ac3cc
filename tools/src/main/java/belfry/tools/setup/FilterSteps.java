package belfry.tools.setup;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricFilter;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricTransformation;

/** The metric filters of the detections, against those of the log group. */
final class FilterSteps {
    /** AWS's limit, which cannot be raised. */
    static final int MAX_FILTERS = 100;

    private static final String KIND = "metric filter";

    private final CloudWatchLogsClient logs;
    private final String group;

    FilterSteps(CloudWatchLogsClient logs, String group) {
        this.logs = logs;
        this.group = group;
    }

    List<Step> steps(List<Detection> detections) {
        Map<String, MetricFilter> present =
                logs.describeMetricFiltersPaginator(r -> r.logGroupName(group)).metricFilters().stream()
                        .collect(Collectors.toMap(MetricFilter::filterName, Function.identity()));
        long added = detections.stream()
                .filter(detection -> !present.containsKey(Names.of(detection)))
                .count();
        if (present.size() + added > MAX_FILTERS) {
            throw new Wrong("A log group holds at most " + MAX_FILTERS + " metric filters; " + group + " has "
                    + present.size() + ", and these detections add " + added + ". Choose fewer packs.");
        }
        return detections.stream()
                .map(detection -> step(detection, present.get(Names.of(detection))))
                .toList();
    }

    private Step step(Detection wanted, @Nullable MetricFilter present) {
        String name = Names.of(wanted);
        Runnable apply = () -> put(wanted);
        if (present == null) {
            return Step.create(KIND, name, fields(wanted), apply);
        }
        Map<String, String> fields = fields(present);
        return Objects.equals(fields.get("metric"), fields(wanted).get("metric"))
                ? Step.compare(KIND, name, fields(wanted), fields, apply)
                : Step.notOurs(KIND, name, "a filter for the metric " + fields.get("metric"));
    }

    private static Map<String, String> fields(Detection detection) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("pattern", detection.pattern());
        fields.put(
                "metric",
                metric(detection.metric().namespace(), detection.metric().name()));
        fields.put("value", detection.metric().value());
        fields.put("default", "none");
        fields.put("dimensions", "none");
        return fields;
    }

    private static Map<String, String> fields(MetricFilter filter) {
        MetricTransformation to = filter.metricTransformations().getFirst();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("pattern", filter.filterPattern());
        fields.put("metric", metric(to.metricNamespace(), to.metricName()));
        fields.put("value", to.metricValue());
        fields.put(
                "default",
                to.defaultValue() == null ? "none" : to.defaultValue().toString());
        fields.put(
                "dimensions",
                to.dimensions().isEmpty() ? "none" : to.dimensions().toString());
        return fields;
    }

    static String metric(String namespace, String name) {
        return namespace + " / " + name;
    }

    private void put(Detection detection) {
        Detection.Metric metric = detection.metric();
        logs.putMetricFilter(r -> r.logGroupName(group)
                .filterName(Names.of(detection))
                .filterPattern(detection.pattern())
                .metricTransformations(MetricTransformation.builder()
                        .metricNamespace(metric.namespace())
                        .metricName(metric.name())
                        .metricValue(metric.value())
                        .build()));
    }
}
