package belfry.tools.doctor;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatchlogs.model.CloudWatchLogsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricFilter;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricFilterMatchRecord;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricTransformation;

/** A metric filter on the trail's log group matches a read. */
final class FilterCheck implements Check {
    static final String PATTERN =
            "{ ($.eventSource = \"secretsmanager.amazonaws.com\") && ($.eventName = \"GetSecretValue\") }";

    private static final int SHOWN_MAX = 5;

    @Override
    public String link() {
        return "filter";
    }

    @Override
    public void look(Chain chain) {
        List<MetricFilter> all = new ArrayList<>();
        chain.sdk().logs.describeMetricFiltersPaginator(r -> {}).metricFilters().forEach(all::add);
        for (Hop<String> group : chain.groups()) {
            all.stream()
                    .filter(filter -> filter.logGroupName().equals(group.what()))
                    .forEach(filter -> matched(chain, filter)
                            .forEach(match -> filter.metricTransformations()
                                    .forEach(metric -> chain.counted()
                                            .add(group.to(
                                                    new Chain.Counted(filter, metric, dimensions(metric, match)),
                                                    true)))));
        }
        boolean groupsUnseen = chain.groups().isEmpty() && chain.sawNot();
        if (chain.counted().isEmpty() && !groupsUnseen) {
            nothingCounts(chain, all);
        } else if (!chain.counted().isEmpty()) {
            chain.ok(this, "Reads are counted by " + names(chain) + ".");
        }
    }

    private static String names(Chain chain) {
        List<String> names = chain.counted().stream()
                .map(hop -> hop.what().filter().filterName())
                .distinct()
                .toList();
        return String.join(", ", names.subList(0, Math.min(SHOWN_MAX, names.size())))
                + (names.size() > SHOWN_MAX ? " and " + (names.size() - SHOWN_MAX) + " more" : "");
    }

    private static List<MetricFilterMatchRecord> matched(Chain chain, MetricFilter filter) {
        String pattern = filter.filterPattern() == null ? "" : filter.filterPattern();
        try {
            return chain.sdk()
                    .logs
                    .testMetricFilter(r -> r.filterPattern(pattern)
                            .logEventMessages(chain.sample().text()))
                    .matches();
        } catch (CloudWatchLogsException e) {
            return List.of();
        }
    }

    private static List<Dimension> dimensions(MetricTransformation metric, MetricFilterMatchRecord match) {
        return metric.dimensions().entrySet().stream()
                .map(entry -> Dimension.builder()
                        .name(entry.getKey())
                        .value(match.extractedValues().getOrDefault(entry.getValue(), ""))
                        .build())
                .toList();
    }

    private void nothingCounts(Chain chain, List<MetricFilter> all) {
        List<String> groups = chain.groups().stream().map(Hop::what).distinct().toList();
        boolean explained = false;
        for (MetricFilter filter : all) {
            boolean here = groups.contains(filter.logGroupName());
            if (!here && !matched(chain, filter).isEmpty()) {
                chain.broken(
                        this,
                        "The filter " + filter.filterName() + " matches a read, but it hangs on the log group "
                                + filter.logGroupName() + ", into which no trail writes.",
                        put(groups, filter.filterPattern()));
                explained = true;
            } else if (here && aboutSecrets(filter)) {
                chain.broken(
                        this,
                        "The pattern of the filter " + filter.filterName() + " does not match a read: "
                                + filter.filterPattern(),
                        put(groups, PATTERN));
                explained = true;
            }
        }
        if (!explained) {
            chain.broken(
                    this,
                    groups.isEmpty()
                            ? "No log group gets records, so no metric filter counts reads."
                            : "No metric filter on the log group " + String.join(", ", groups) + " matches a read.",
                    put(groups, PATTERN));
        }
    }

    private static boolean aboutSecrets(MetricFilter filter) {
        String pattern = String.valueOf(filter.filterPattern()).toLowerCase(java.util.Locale.ROOT);
        return pattern.contains("secret")
                || filter.filterName().toLowerCase(java.util.Locale.ROOT).contains("secret");
    }

    private static String put(List<String> groups, String pattern) {
        return "aws logs put-metric-filter --log-group-name "
                + (groups.isEmpty() ? "GROUP" : Words.quoted(groups.getFirst()))
                + " --filter-name SecretReads --filter-pattern " + Words.quoted(pattern)
                + " --metric-transformations metricName=SecretIsAccessed,metricNamespace=SecurityMetrics,metricValue=1";
    }
}
