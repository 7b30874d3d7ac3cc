package belfry.alarms;

import belfry.api.cloudwatch.MetricDataQuery;
import belfry.api.cloudwatch.MetricStat;
import belfry.engine.alarm.AlarmMath;
import belfry.engine.metric.Statistic;
import belfry.engine.metric.math.Band;
import belfry.engine.metric.math.MathExpression;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The {@code Metrics} of an alarm as the engine takes them. */
final class AlarmQueries {
    private AlarmQueries() {}

    /**
     * @param thresholdId the id of the band; null for a threshold
     * @throws belfry.engine.metric.math.MathException if an expression cannot be read
     */
    static AlarmMath math(List<MetricDataQuery> queries, @Nullable String thresholdId) {
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
        Optional<Band> band =
                Optional.ofNullable(thresholdId).map(expressions::get).flatMap(MathExpression::band);
        return new AlarmMath(metrics, expressions, watched(queries, thresholdId), band);
    }

    /** The id of the one that is compared; the band it is compared with returns data too. */
    static String watched(List<MetricDataQuery> queries, @Nullable String thresholdId) {
        return queries.stream()
                .filter(AlarmQueries::returned)
                .filter(query -> !query.id().equals(thresholdId))
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
