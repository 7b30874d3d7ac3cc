package belfry.alarms;

import belfry.api.cloudwatch.MetricAlarm;
import belfry.api.cloudwatch.MetricDataQuery;
import belfry.api.cloudwatch.MetricStat;
import belfry.engine.alarm.AlarmRule;
import belfry.engine.alarm.ComparisonOperator;
import belfry.engine.alarm.TreatMissing;
import belfry.engine.metric.Statistic;
import belfry.metrics.MetricRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A metric alarm's configuration in the engine's terms: which metric, by which rule. */
record AlarmRules(MetricRef metric, AlarmRule rule) {

    static AlarmRules of(String account, String region, MetricAlarm alarm) {
        MetricStat stat = stat(alarm);
        return new AlarmRules(metric(account, region, alarm, stat), rule(alarm, stat));
    }

    /** The period in seconds, wherever the alarm says it; 0 if nowhere. */
    static int period(MetricAlarm alarm) {
        if (alarm.period() != null) {
            return alarm.period();
        }
        MetricStat stat = stat(alarm);
        return stat == null ? 0 : stat.period();
    }

    private static MetricRef metric(String account, String region, MetricAlarm alarm, @Nullable MetricStat stat) {
        if (stat == null) {
            return MetricRef.of(account, region, alarm.namespace(), alarm.metricName(), alarm.dimensions());
        }
        var metric = stat.metric();
        return MetricRef.of(account, region, metric.namespace(), metric.metricName(), metric.dimensions());
    }

    private static AlarmRule rule(MetricAlarm alarm, @Nullable MetricStat stat) {
        String treat = alarm.treatMissingData();
        String namespace = stat == null ? alarm.namespace() : stat.metric().namespace();
        return new AlarmRule(
                ComparisonOperator.parse(alarm.comparisonOperator()),
                alarm.threshold(),
                period(alarm),
                alarm.evaluationPeriods(),
                alarm.datapointsToAlarm(),
                treat == null ? TreatMissing.defaultFor(namespace) : TreatMissing.parse(treat),
                Statistic.parse(statistic(alarm, stat)),
                stat == null ? alarm.unit() : stat.unit(),
                "ignore".equals(alarm.evaluateLowSampleCountPercentile()));
    }

    private static String statistic(MetricAlarm alarm, @Nullable MetricStat stat) {
        if (stat != null) {
            return stat.stat();
        }
        return alarm.statistic() != null ? alarm.statistic() : alarm.extendedStatistic();
    }

    /** The one metric of an alarm that is put with {@code Metrics}; null for one that names its metric itself. */
    private static @Nullable MetricStat stat(MetricAlarm alarm) {
        List<MetricDataQuery> queries = alarm.metrics();
        return queries == null || queries.isEmpty() ? null : queries.getFirst().metricStat();
    }
}
