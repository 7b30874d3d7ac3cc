package belfry.alarms;

import belfry.api.cloudwatch.MetricAlarm;
import belfry.api.cloudwatch.MetricDataQuery;
import belfry.api.cloudwatch.MetricStat;
import java.util.Objects;

/** The metrics and expressions of a metric math alarm in a mail. AWS's own lines for these are not known to us. */
final class NoticeMetrics {
    private NoticeMetrics() {}

    static String text(MetricAlarm alarm) {
        StringBuilder text = new StringBuilder("Monitored Metrics:\n");
        for (MetricDataQuery query : AlarmRules.queries(alarm)) {
            text.append(query.metricStat() == null ? expression(query) : metric(query, query.metricStat()));
        }
        return text + line("TreatMissingData", Objects.requireNonNullElse(alarm.treatMissingData(), "missing"));
    }

    private static String expression(MetricDataQuery query) {
        return line("MetricId", query.id())
                + line("MetricExpression", query.expression())
                + line("MetricLabel", Objects.requireNonNullElse(query.label(), ""));
    }

    private static String metric(MetricDataQuery query, MetricStat stat) {
        var metric = stat.metric();
        return line("MetricId", query.id())
                + line("MetricNamespace", metric.namespace())
                + line("MetricName", metric.metricName())
                + line("Dimensions", NoticeMail.dimensions(metric.dimensions()))
                + line("Period", stat.period() + " seconds")
                + line("Stat", stat.stat())
                + line("Unit", Objects.requireNonNullElse(stat.unit(), "not specified"));
    }

    private static String line(String name, String value) {
        return NoticeMail.line(name, value, NoticeMail.METRIC_COLUMN);
    }
}
