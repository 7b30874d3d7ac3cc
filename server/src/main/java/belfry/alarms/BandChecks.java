package belfry.alarms;

import static belfry.alarms.AlarmChecks.invalid;

import belfry.api.cloudwatch.MetricDataQuery;
import belfry.api.cloudwatch.PutMetricAlarmInput;
import belfry.engine.alarm.ComparisonOperator;
import belfry.engine.metric.math.Band;
import belfry.engine.metric.math.MathExpression;
import java.util.List;

/** What PutMetricAlarm accepts of alarms on anomaly detection bands (alarms.md §3, Statistics). */
final class BandChecks {
    private static final int MINUTE = 60;

    private BandChecks() {}

    /** Whether the threshold and what it is compared by go together. */
    static void checkThreshold(PutMetricAlarmInput in) {
        boolean band = ComparisonOperator.parse(in.comparisonOperator()).usesBand();
        if (band && in.thresholdMetricId() == null) {
            throw invalid("ThresholdMetricId must be set for the comparison operator " + in.comparisonOperator() + ".");
        }
        if (!band && in.thresholdMetricId() != null) {
            throw invalid(
                    "ThresholdMetricId cannot be used with the comparison operator " + in.comparisonOperator() + ".");
        }
        if (band && in.threshold() != null) {
            throw invalid("Threshold should not be set if ThresholdMetricId is set.");
        }
        if (band && (in.metrics() == null || in.metrics().isEmpty())) {
            throw invalid("ThresholdMetricId names an element of Metrics, and there is none.");
        }
    }

    static void check(PutMetricAlarmInput in, List<MetricDataQuery> queries) {
        String id = in.thresholdMetricId();
        if (id == null) {
            return;
        }
        Band band = queries.stream()
                .filter(query -> query.id().equals(id) && query.expression() != null)
                .findFirst()
                .flatMap(query -> MathExpression.parse(query.expression()).band())
                .orElseThrow(() ->
                        invalid("ThresholdMetricId " + id + " must be the id of an ANOMALY_DETECTION_BAND function."));
        boolean metric =
                queries.stream().anyMatch(query -> query.id().equals(band.metric()) && query.metricStat() != null);
        if (!metric) {
            throw invalid(
                    "Belfry draws bands about metrics, not expressions: " + band.metric() + " must be a MetricStat.");
        }
        if (AlarmQueries.period(queries) < MINUTE) {
            throw invalid("The Period of an anomaly detection alarm must be at least 60 seconds.");
        }
    }
}
