package belfry.metrics;

import belfry.api.cloudwatch.GetMetricDataInput;
import belfry.api.cloudwatch.MetricDataQuery;
import belfry.engine.metric.MetricKey;
import belfry.engine.metric.math.MathValue;
import belfry.gateway.Call;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** What GetMetricData calls the series of its answer. */
final class SeriesLabels {
    private final Call call;
    private final ZoneOffset zone;

    SeriesLabels(GetMetricDataInput in, Call call) {
        this.call = call;
        this.zone = MetricQueryRules.zone(in);
    }

    /**
     * The label of a series. A label of the query's own stands before those of several series, and for that of a single one;
     * with dynamic parts it stands for itself.
     *
     * @param of how many series the query gives
     */
    String of(MetricDataQuery query, MathValue.Series series, int of) {
        String own = query.label();
        if (own == null) {
            return series.label();
        }
        if (own.contains("${")) {
            return DynamicLabel.of(
                    own, new DynamicLabel.Told(series.label(), series.values(), properties(series), zone, call.now()));
        }
        if (of > 1) {
            return own.isEmpty() ? series.label() : own + " " + series.label();
        }
        return own;
    }

    private Map<String, String> properties(MathValue.Series series) {
        Map<String, String> properties = new HashMap<>();
        properties.put("AccountId", call.account());
        properties.put("Region", call.region());
        MathValue.Origin origin = series.origin();
        if (origin != null) {
            MetricKey metric = origin.metric();
            properties.put("MetricName", metric.name());
            properties.put("Namespace", metric.namespace());
            properties.put("Period", String.valueOf(origin.period()));
            properties.put("Stat", origin.statistic());
            metric.dimensions().forEach((name, value) -> properties.put("Dim." + name, value));
        }
        return properties;
    }
}
