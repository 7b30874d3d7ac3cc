package belfry.metrics;

import belfry.api.cloudwatch.Dimension;
import belfry.api.cloudwatch.GetMetricDataInput;
import belfry.api.cloudwatch.Metric;
import belfry.api.cloudwatch.MetricDataQuery;
import belfry.api.cloudwatch.MetricStat;
import belfry.engine.metric.Periods;
import belfry.engine.metric.Statistic;
import belfry.engine.metric.anomaly.SeasonalModel;
import belfry.engine.metric.math.Grid;
import belfry.engine.metric.math.MathException;
import belfry.engine.metric.math.MathExpression;
import belfry.engine.metric.math.MathQueries;
import belfry.engine.metric.math.MathValue;
import belfry.gateway.Call;
import belfry.store.Tx;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/** The series of one GetMetricData request: its metrics, and what its expressions make of them. */
final class MetricSeries {
    private static final int PERIOD = 60;

    /** One series of the answer, in the order asked for. */
    record Line(String id, String label, List<Instant> times, List<Double> values) {}

    private final String account;
    private final String region;
    private final ZoneOffset zone;
    private final boolean ascending;
    private final Map<String, MathValue.Series> metrics = new LinkedHashMap<>();
    private final MathQueries math;

    MetricSeries(Tx tx, GetMetricDataInput in, Call call) {
        this.account = call.account();
        this.region = call.region();
        this.zone = MetricQueryRules.zone(in);
        this.ascending = "TimestampAscending".equals(in.scanBy());
        Map<String, MathExpression> expressions = new LinkedHashMap<>();
        int period = 0;
        for (MetricDataQuery query : in.metricDataQueries()) {
            if (query.metricStat() == null) {
                expressions.put(query.id(), MathExpression.parse(query.expression()));
            } else {
                metrics.put(query.id(), new MathValue.Series(query.id(), values(tx, in, query.metricStat(), call)));
                period = Math.max(period, query.metricStat().period());
            }
        }
        // Expressions lie on the longest period of the request's metrics.
        int step = period == 0 ? PERIOD : period;
        Instant start = MetricTimes.start(in.startTime(), step, call.now());
        Grid grid = new Grid(start.getEpochSecond(), in.endTime().getEpochSecond(), step);
        this.math = new MathQueries(grid, metrics, expressions).with(models(tx, in, expressions, call));
    }

    /** What is expected of the metrics that bands are drawn about. */
    private static Map<String, SeasonalModel> models(
            Tx tx, GetMetricDataInput in, Map<String, MathExpression> expressions, Call call) {
        Map<String, SeasonalModel> models = new HashMap<>();
        for (MetricDataQuery query : in.metricDataQueries()) {
            MetricStat stat = query.metricStat();
            boolean banded = expressions.values().stream()
                    .anyMatch(expression -> expression.bands().contains(query.id()));
            if (stat != null && banded) {
                var metric = stat.metric();
                MetricRef ref = MetricRef.of(
                        call.account(), call.region(), metric.namespace(), metric.metricName(), metric.dimensions());
                var subject = new AnomalyModels.Subject(ref, Statistic.parse(stat.stat()), stat.unit(), stat.period());
                AnomalyModels.read(tx, subject, call.now()).ifPresent(model -> models.put(query.id(), model));
            }
        }
        return models;
    }

    /** A query's series; an expression may give several. */
    List<Line> of(MetricDataQuery query) {
        if (query.metricStat() != null) {
            String label = query.metricStat().metric().metricName();
            return List.of(line(query, label, Objects.requireNonNull(metrics.get(query.id()))));
        }
        return switch (evaluate(query.id())) {
            case MathValue.Series one -> List.of(line(query, query.id(), one));
            case MathValue.SeriesList many ->
                many.series().stream().map(one -> line(query, one.label(), one)).toList();
            case MathValue.Scalar _ ->
                throw MetricQueryRules.inExpression(
                        query.id(), "The expression must return a time series, and returns a number.");
        };
    }

    private MathValue evaluate(String id) {
        try {
            return math.evaluate(id);
        } catch (MathException e) {
            throw MetricQueryRules.inExpression(id, String.valueOf(e.getMessage()));
        }
    }

    private static SortedMap<Long, Double> values(Tx tx, GetMetricDataInput in, MetricStat stat, Call call) {
        Metric metric = stat.metric();
        MetricRef ref = MetricRef.of(
                call.account(), call.region(), metric.namespace(), metric.metricName(), metric.dimensions());
        Instant start = MetricTimes.start(in.startTime(), stat.period(), call.now());
        var points = Datapoints.read(tx, ref, stat.unit(), start, in.endTime(), stat.period());
        return Periods.values(
                Periods.rollUp(points, start.getEpochSecond(), stat.period()), Statistic.parse(stat.stat()));
    }

    private String label(MetricDataQuery query, String label, MathValue.Series series) {
        if (query.label() == null || !query.label().contains("${")) {
            return Objects.requireNonNullElse(query.label(), label);
        }
        Map<String, String> properties = new HashMap<>();
        properties.put("AccountId", account);
        properties.put("Region", region);
        MetricStat stat = query.metricStat();
        if (stat != null) {
            Metric metric = stat.metric();
            properties.put("MetricName", metric.metricName());
            properties.put("Namespace", metric.namespace());
            properties.put("Period", String.valueOf(stat.period()));
            properties.put("Stat", stat.stat());
            Objects.requireNonNullElse(metric.dimensions(), List.<Dimension>of())
                    .forEach(dimension -> properties.put("Dim." + dimension.name(), dimension.value()));
        }
        return DynamicLabel.of(query.label(), new DynamicLabel.Told(label, series.values(), properties, zone));
    }

    private Line line(MetricDataQuery query, String label, MathValue.Series series) {
        SortedMap<Long, Double> ordered =
                ascending ? series.values() : series.values().reversed();
        return new Line(
                query.id(),
                label(query, label, series),
                ordered.keySet().stream().map(Instant::ofEpochSecond).toList(),
                List.copyOf(ordered.values()));
    }
}
