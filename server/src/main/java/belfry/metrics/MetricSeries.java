package belfry.metrics;

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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The series of one GetMetricData request: its metrics, what its searches find, and what its expressions make of them. */
final class MetricSeries {
    /** One series of the answer, in the order asked for. */
    record Line(String id, String label, List<Instant> times, List<Double> values) {}

    private final Tx tx;
    private final GetMetricDataInput in;
    private final Call call;
    private final SeriesLabels labels;
    private final RequestPeriods periods;
    private final Map<String, MathExpression> expressions = new LinkedHashMap<>();
    private final Map<String, MathValue.Series> metrics = new LinkedHashMap<>();
    private final MetricSearches searches;
    private final MathQueries math;

    MetricSeries(Tx tx, GetMetricDataInput in, Call call) {
        this.tx = tx;
        this.in = in;
        this.call = call;
        this.labels = new SeriesLabels(in, call);
        for (MetricDataQuery query : in.metricDataQueries()) {
            if (query.metricStat() == null) {
                expressions.put(query.id(), MathExpression.parse(query.expression()));
            } else {
                metrics.put(query.id(), read(query));
            }
        }
        this.periods = new RequestPeriods(in.metricDataQueries(), expressions);
        this.searches = new MetricSearches(tx, call, periods.searches());
        int step = periods.longest();
        Instant start = MetricTimes.start(in.startTime(), step, call.now());
        Grid grid = new Grid(start.getEpochSecond(), in.endTime().getEpochSecond(), step);
        this.math = new MathQueries(grid, metrics, expressions)
                .with(models())
                .found(searches.series(
                        (metric, search, label) -> read(metric, search.statistic(), null, periods.of(search), label)));
    }

    /** Whether searches found more than a request gets. */
    boolean cut() {
        return searches.cut();
    }

    private MetricRef ref(MetricStat stat) {
        Metric metric = stat.metric();
        return MetricRef.of(
                call.account(), call.region(), metric.namespace(), metric.metricName(), metric.dimensions());
    }

    private MathValue.Series read(MetricDataQuery query) {
        MetricStat stat = query.metricStat();
        String own = query.label();
        // In an array it goes by its own label, unless that can only be told of a whole series.
        String label = own == null || own.contains("${") ? stat.metric().metricName() : own;
        return read(ref(stat), stat.stat(), stat.unit(), stat.period(), label);
    }

    private MathValue.Series read(MetricRef metric, String stat, @Nullable String unit, int period, String label) {
        Instant start = MetricTimes.start(in.startTime(), period, call.now());
        var points = Datapoints.read(tx, metric, unit, start, in.endTime(), period);
        SortedMap<Long, Double> values =
                Periods.values(Periods.rollUp(points, start.getEpochSecond(), period), Statistic.parse(stat));
        return new MathValue.Series(label, values, new MathValue.Origin(metric.key(), stat, period));
    }

    /** What is expected of the metrics that bands are drawn about. */
    private Map<String, SeasonalModel> models() {
        Map<String, SeasonalModel> models = new HashMap<>();
        for (MetricDataQuery query : in.metricDataQueries()) {
            MetricStat stat = query.metricStat();
            boolean banded = expressions.values().stream()
                    .anyMatch(expression -> expression.bands().contains(query.id()));
            if (stat != null && banded) {
                var subject =
                        new AnomalyModels.Subject(ref(stat), Statistic.parse(stat.stat()), stat.unit(), stat.period());
                AnomalyModels.read(tx, subject, call.now()).ifPresent(model -> models.put(query.id(), model));
            }
        }
        return models;
    }

    /** A query's series; an expression may give several. */
    List<Line> of(MetricDataQuery query) {
        if (query.metricStat() != null) {
            return List.of(line(query, Objects.requireNonNull(metrics.get(query.id())), 1));
        }
        return switch (evaluate(query.id())) {
            case MathValue.Series one -> List.of(line(query, one, 1));
            case MathValue.SeriesList(List<MathValue.Series> many) ->
                many.stream().map(one -> line(query, one, many.size())).toList();
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

    private Line line(MetricDataQuery query, MathValue.Series series, int of) {
        SortedMap<Long, Double> ordered = "TimestampAscending".equals(in.scanBy())
                ? series.values()
                : series.values().reversed();
        return new Line(
                query.id(),
                labels.of(query, series, of),
                ordered.keySet().stream().map(Instant::ofEpochSecond).toList(),
                List.copyOf(ordered.values()));
    }
}
