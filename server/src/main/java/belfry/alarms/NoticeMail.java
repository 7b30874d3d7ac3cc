package belfry.alarms;

import belfry.api.cloudwatch.CompositeAlarm;
import belfry.api.cloudwatch.Dimension;
import belfry.api.cloudwatch.MetricAlarm;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The plain text of a mail, line by line as AWS sends it (alarms.md §9). */
final class NoticeMail {
    private static final int DETAIL_COLUMN = 30;
    static final int METRIC_COLUMN = 39;

    private NoticeMail() {}

    static String text(Alarm alarm, StateChange change, AlarmLinks links) {
        return switch (alarm.kind()) {
            case METRIC -> metric(alarm, alarm.metricAlarm(), change, links);
            case COMPOSITE -> composite(alarm, alarm.compositeAlarm(), change, links);
        };
    }

    private static String metric(Alarm alarm, MetricAlarm shown, StateChange change, AlarmLinks links) {
        String body = shown.metricName() == null ? NoticeMetrics.text(shown) : monitored(shown);
        return head(alarm, shown.alarmDescription(), change, links) + "\n" + threshold(shown) + "\n" + body + "\n\n"
                + actions(shown.okActions(), shown.alarmActions(), shown.insufficientDataActions());
    }

    private static String composite(Alarm alarm, CompositeAlarm shown, StateChange change, AlarmLinks links) {
        return head(alarm, shown.alarmDescription(), change, links) + "\nAlarm Rule:\n" + shown.alarmRule() + "\n\n\n"
                + actions(shown.okActions(), shown.alarmActions(), shown.insufficientDataActions());
    }

    private static String head(Alarm alarm, @Nullable String description, StateChange change, AlarmLinks links) {
        String at = AlarmDates.words(change.at());
        return "You are receiving this email because your Amazon CloudWatch Alarm \"" + alarm.name() + "\" in the "
                + RegionNames.of(alarm.region()) + " region has entered the " + change.to()
                + " state, because \"" + change.reason() + "\" at \"" + at + "\".\n\n"
                + "View this alarm in " + links.place() + ":\n" + links.of(alarm.region(), alarm.name()) + "\n\n"
                + "Alarm Details:\n"
                + detail("Name", alarm.name())
                + detail("Description", Objects.requireNonNullElse(description, ""))
                + detail("State Change", change.from() + " -> " + change.to())
                + detail("Reason for State Change", change.reason())
                + detail("Timestamp", at)
                + detail("AWS Account", alarm.account())
                + detail("Alarm Arn", alarm.arn());
    }

    private static String threshold(MetricAlarm alarm) {
        int periods = alarm.evaluationPeriods();
        int toAlarm = alarm.datapointsToAlarm() == null ? periods : alarm.datapointsToAlarm();
        String against = alarm.thresholdMetricId() == null
                ? String.valueOf(alarm.threshold())
                : "(band " + alarm.thresholdMetricId() + ")";
        String what = alarm.metricName() == null && alarm.thresholdMetricId() == null ? "expression" : "metric";
        return "Threshold:\n- The alarm is in the ALARM state when the " + what + " is " + alarm.comparisonOperator()
                + " " + against + " for at least " + toAlarm + " of the last " + periods + " period(s) of "
                + AlarmRules.period(alarm) + " seconds.\n";
    }

    private static String monitored(MetricAlarm alarm) {
        return "Monitored Metric:\n"
                + line("MetricNamespace", alarm.namespace(), METRIC_COLUMN)
                + line("MetricName", alarm.metricName(), METRIC_COLUMN)
                + line("Dimensions", dimensions(alarm.dimensions()), METRIC_COLUMN)
                + line("Period", alarm.period() + " seconds", METRIC_COLUMN)
                + line(
                        "Statistic",
                        Objects.requireNonNullElse(alarm.statistic(), alarm.extendedStatistic()),
                        METRIC_COLUMN)
                + line("Unit", Objects.requireNonNullElse(alarm.unit(), "not specified"), METRIC_COLUMN)
                + line(
                        "TreatMissingData",
                        Objects.requireNonNullElse(alarm.treatMissingData(), "missing"),
                        METRIC_COLUMN);
    }

    static String dimensions(@Nullable List<Dimension> dimensions) {
        return dimensions == null
                ? ""
                : dimensions.stream()
                        .map(dimension -> "[" + dimension.name() + " = " + dimension.value() + "]")
                        .collect(Collectors.joining(" "));
    }

    private static String actions(
            @Nullable List<String> ok, @Nullable List<String> alarm, @Nullable List<String> insufficientData) {
        return "State Change Actions:\n" + action("OK", ok) + action("ALARM", alarm)
                + action("INSUFFICIENT_DATA", insufficientData);
    }

    private static String action(String state, @Nullable List<String> arns) {
        String listed =
                arns == null ? "" : arns.stream().map(arn -> " [" + arn + "]").collect(Collectors.joining());
        return "- " + state + ":" + listed + "\n";
    }

    private static String detail(String name, String value) {
        return line(name, value, DETAIL_COLUMN);
    }

    /** A value begins in the given column; an empty one leaves no spaces behind. */
    static String line(String name, String value, int column) {
        String label = "- " + name + ":";
        return (label + " ".repeat(column - label.length()) + value).stripTrailing() + "\n";
    }
}
