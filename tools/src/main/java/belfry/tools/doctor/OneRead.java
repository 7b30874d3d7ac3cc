package belfry.tools.doctor;

import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricTransformation;

/** Whether a single read raises an alarm, reckoned from its settings. */
final class OneRead {
    private OneRead() {}

    /**
     * Why a single read does not raise the alarm.
     *
     * @param wrong whether no number of reads is sure to raise it; else more of them do
     */
    record Deaf(String why, boolean wrong) {}

    /** Empty where one read is enough, or it cannot be said. */
    static Optional<Deaf> deaf(MetricAlarm alarm, MetricTransformation metric) {
        if (alarm.statistic() == null || alarm.threshold() == null) {
            return Optional.empty();
        }
        double value = value(metric);
        double threshold = alarm.threshold();
        return switch (alarm.comparisonOperator()) {
            case GREATER_THAN_OR_EQUAL_TO_THRESHOLD -> over(alarm, metric, value, value >= threshold);
            case GREATER_THAN_THRESHOLD -> over(alarm, metric, value, value > threshold);
            case LESS_THAN_THRESHOLD, LESS_THAN_OR_EQUAL_TO_THRESHOLD ->
                Optional.of(new Deaf(
                        "it is raised by few reads and not by many (" + alarm.comparisonOperatorAsString() + " "
                                + threshold + ")",
                        true));
            default -> Optional.empty();
        };
    }

    private static Optional<Deaf> over(MetricAlarm alarm, MetricTransformation metric, double value, boolean enough) {
        int periods = alarm.datapointsToAlarm() == null ? alarm.evaluationPeriods() : alarm.datapointsToAlarm();
        boolean dilutes = switch (alarm.statistic()) {
            case AVERAGE, MINIMUM -> metric.defaultValue() != null && metric.defaultValue() < value;
            default -> false;
        };
        if (dilutes && enough) {
            return Optional.of(new Deaf(
                    "its statistic is the " + alarm.statisticAsString()
                            + ", in which a read disappears among the zeros of the filter's default value; it takes the Sum",
                    true));
        }
        if (!enough) {
            return Optional.of(new Deaf(
                    "one read makes " + alarm.statisticAsString() + " " + value + ", and its threshold is "
                            + alarm.threshold() + " within " + Words.time(alarm.period()),
                    false));
        }
        return periods > 1
                ? Optional.of(
                        new Deaf("it takes reads in " + periods + " periods of " + Words.time(alarm.period()), false))
                : Optional.empty();
    }

    /** What a match adds; a value out of the record counts as one. */
    private static double value(MetricTransformation metric) {
        try {
            return Double.parseDouble(metric.metricValue());
        } catch (NumberFormatException e) {
            return 1;
        }
    }
}
