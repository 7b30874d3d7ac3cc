package belfry.alarms;

import belfry.api.cloudwatch.MetricDataQuery;
import belfry.api.cloudwatch.MetricStat;
import belfry.engine.alarm.AlarmMath;
import belfry.engine.metric.Statistic;
import belfry.engine.metric.math.MathExpression;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The {@code Metrics} of an alarm as the engine takes them. */
final class AlarmQueries {
    private AlarmQueries() {}

    /** @throws belfry.engine.metric.math.MathException if an expression cannot be read */
    static AlarmMath math(List<MetricDataQuery> queries) {
        Map<String, AlarmMath.Metric> metrics = new LinkedHashMap<>();
        Map<String, MathExpression> expressions = new LinkedHashMap<>();
        for (MetricDataQuery query : queries) {
            MetricStat stat = query.metricStat();
            if (stat != null) {
                metrics.put(query.id(), new AlarmMath.Metric(Statistic.parse(stat.stat()), stat.unit()));
            } else {
                expressions.put(query.id(), MathExpression.parse(query.expression()));
            }
        }
        return new AlarmMath(metrics, expressions, watched(queries));
    }

    /** The id of the one that is compared. */
    static String watched(List<MetricDataQuery> queries) {
        return queries.stream()
                .filter(AlarmQueries::returned)
                .map(MetricDataQuery::id)
                .findFirst()
                .orElseThrow();
    }

    static boolean returned(MetricDataQuery query) {
        return !Boolean.FALSE.equals(query.returnData());
    }

    /** The period that all of them have; 0 if none says one. */
    static int period(List<MetricDataQuery> queries) {
        for (MetricDataQuery query : queries) {
            if (query.metricStat() != null) {
                return query.metricStat().period();
            }
            if (query.period() != null) {
                return query.period();
            }
        }
        return 0;
    }
}
