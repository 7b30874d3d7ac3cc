package belfry.alarms;

import belfry.api.cloudwatch.MetricAlarm;
import belfry.api.cloudwatch.MetricDataQuery;
import belfry.api.cloudwatch.MetricStat;
import belfry.engine.alarm.AlarmMath;
import belfry.engine.alarm.AlarmRule;
import belfry.engine.alarm.ComparisonOperator;
import belfry.engine.alarm.TreatMissing;
import belfry.engine.metric.Statistic;
import belfry.metrics.MetricRef;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A metric alarm's configuration in the engine's terms.
 *
 * @param metrics what it looks at, by the ids of {@code Metrics}; an alarm that names its metric itself has one, without id
 * @param math how its values are made of them; empty where they are the one metric's statistic
 */
record AlarmRules(AlarmRule rule, Map<String, MetricRef> metrics, Optional<AlarmMath> math) {
    AlarmRules {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    static AlarmRules of(String account, String region, MetricAlarm alarm) {
        List<MetricDataQuery> queries = queries(alarm);
        Map<String, MetricRef> metrics = new LinkedHashMap<>();
        if (queries.isEmpty()) {
            metrics.put("", MetricRef.of(account, region, alarm.namespace(), alarm.metricName(), alarm.dimensions()));
        }
        for (MetricDataQuery query : queries) {
            if (query.metricStat() != null) {
                var metric = query.metricStat().metric();
                metrics.put(
                        query.id(),
                        MetricRef.of(account, region, metric.namespace(), metric.metricName(), metric.dimensions()));
            }
        }
        boolean simple = queries.isEmpty() || single(queries) != null;
        return new AlarmRules(
                rule(alarm, queries, metrics),
                metrics,
                simple ? Optional.empty() : Optional.of(AlarmQueries.math(queries, alarm.thresholdMetricId())));
    }

    /** The period in seconds, wherever the alarm says it; 0 if nowhere. */
    static int period(MetricAlarm alarm) {
        return alarm.period() != null ? alarm.period() : AlarmQueries.period(queries(alarm));
    }

    static List<MetricDataQuery> queries(MetricAlarm alarm) {
        return Objects.requireNonNullElse(alarm.metrics(), List.of());
    }

    private static AlarmRule rule(MetricAlarm alarm, List<MetricDataQuery> queries, Map<String, MetricRef> metrics) {
        MetricStat single = single(queries);
        Statistic statistic = statistic(alarm, queries, single);
        return new AlarmRule(
                ComparisonOperator.parse(alarm.comparisonOperator()),
                Objects.requireNonNullElse(alarm.threshold(), 0.0),
                period(alarm),
                alarm.evaluationPeriods(),
                alarm.datapointsToAlarm(),
                treatMissing(alarm, metrics),
                statistic,
                single == null ? alarm.unit() : single.unit(),
                "ignore".equals(alarm.evaluateLowSampleCountPercentile()));
    }

    /** Null for metric math. */
    private static @Nullable Statistic statistic(
            MetricAlarm alarm, List<MetricDataQuery> queries, @Nullable MetricStat single) {
        if (single != null) {
            return Statistic.parse(single.stat());
        }
        if (!queries.isEmpty()) {
            return null;
        }
        return Statistic.parse(alarm.statistic() != null ? alarm.statistic() : alarm.extendedStatistic());
    }

    /** DynamoDB's way holds where all metrics are its own. */
    private static TreatMissing treatMissing(MetricAlarm alarm, Map<String, MetricRef> metrics) {
        List<String> namespaces = metrics.values().stream()
                .map(metric -> metric.key().namespace())
                .distinct()
                .toList();
        return TreatMissing.of(alarm.treatMissingData(), namespaces.size() == 1 ? namespaces.getFirst() : "");
    }

    /** The metric of an alarm whose {@code Metrics} is one metric and nothing else: no metric math. */
    private static @Nullable MetricStat single(List<MetricDataQuery> queries) {
        return queries.size() == 1 ? queries.getFirst().metricStat() : null;
    }
}
