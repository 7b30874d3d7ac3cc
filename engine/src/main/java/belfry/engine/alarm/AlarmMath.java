package belfry.engine.alarm;

import belfry.engine.metric.Aggregate;
import belfry.engine.metric.Datapoint;
import belfry.engine.metric.Periods;
import belfry.engine.metric.Statistic;
import belfry.engine.metric.anomaly.SeasonalModel;
import belfry.engine.metric.math.Band;
import belfry.engine.metric.math.Grid;
import belfry.engine.metric.math.Growth;
import belfry.engine.metric.math.MathException;
import belfry.engine.metric.math.MathExpression;
import belfry.engine.metric.math.MathQueries;
import belfry.engine.metric.math.MathValue;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a metric math alarm watches: metrics and expressions by id, one of which gives the alarm's values (alarms.md §1, Math
 * alarms). Immutable.
 */
public final class AlarmMath {
    private static final Datapoint ONE = new Datapoint(0, "None", Aggregate.of(1));

    private final Map<String, Metric> metrics;
    private final Map<String, MathExpression> expressions;
    private final String watched;
    private final Optional<Band> band;

    /** A metric's statistic; {@code unit} is the only one whose samples count, null for all. */
    public record Metric(Statistic statistic, @Nullable String unit) {}

    /**
     * @param metrics by id, in the order they are written
     * @param watched the id of the metric or expression that is compared
     * @param band what with, if not with a threshold
     */
    public AlarmMath(
            Map<String, Metric> metrics, Map<String, MathExpression> expressions, String watched, Optional<Band> band) {
        this.metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        this.expressions = Map.copyOf(expressions);
        this.watched = watched;
        this.band = band;
    }

    /**
     * Whether it can be an alarm: tried on metrics that have a value in each of a few periods.
     *
     * @throws MathException if an id is unknown, a function is misused, or no single time series comes out
     */
    public void check(int period) {
        List<Datapoint> some = List.of(ONE, new Datapoint(period, "None", ONE.samples()));
        Map<String, MathValue.Series> series = new LinkedHashMap<>();
        metrics.keySet().forEach(id -> series.put(id, series(id, some, new Window(2L * period, period, 2), null)));
        var unused = single(new MathQueries(new Grid(0, 2L * period, period), series, expressions));
    }

    /**
     * The values to evaluate on.
     *
     * @param datapoints of each metric by id, at least those of the windows that will be asked for
     * @param neverNegative the ids of metrics that can have no negative sample
     * @param models by the ids of the metrics they were trained on; without the band's there are no values yet
     */
    public PointSource source(
            Map<String, ? extends Collection<Datapoint>> datapoints,
            Set<String> neverNegative,
            Map<String, SeasonalModel> models) {
        return new PointSource() {
            @Override
            public Map<Long, AlarmPoint> points(Window window) {
                return AlarmMath.this.points(window, datapoints, models);
            }

            @Override
            public Growth.Direction growth() {
                return AlarmMath.this.growth(neverNegative);
            }
        };
    }

    /** Whether its values change although no data come: it looks at the time of day or the date. */
    public boolean readsTheTime() {
        return expressions.values().stream().anyMatch(MathExpression::readsTheTime);
    }

    private Growth.Direction growth(Set<String> neverNegative) {
        Map<String, Growth> known = new LinkedHashMap<>();
        metrics.forEach((id, metric) -> known.put(id, Growth.of(metric.statistic(), neverNegative.contains(id))));
        return MathQueries.growth(watched, known, expressions).direction();
    }

    /** The metric of an id. */
    public Metric metric(String id) {
        return Objects.requireNonNull(metrics.get(id), id);
    }

    /** The band to compare with. */
    public Optional<Band> band() {
        return band;
    }

    private Map<Long, AlarmPoint> points(
            Window window, Map<String, ? extends Collection<Datapoint>> datapoints, Map<String, SeasonalModel> models) {
        if (band.isPresent() && !models.containsKey(band.get().metric())) {
            return Map.of();
        }
        Map<String, MathValue.Series> series = new LinkedHashMap<>();
        metrics.forEach((id, metric) -> {
            Collection<Datapoint> there = datapoints.get(id);
            series.put(id, series(id, there == null ? List.of() : there, window, metric.unit()));
        });
        Map<Long, AlarmPoint> points = new HashMap<>();
        try {
            Grid grid = new Grid(window.from(), window.end(), window.period());
            single(new MathQueries(grid, series, expressions).with(models))
                    .values()
                    .forEach((start, value) -> points.put(start, point(start, value, models)));
        } catch (MathException e) {
            // These data give no value, as FIRST of an array that is empty today: the periods count as missing.
            return Map.of();
        }
        return points;
    }

    private AlarmPoint point(long start, double value, Map<String, SeasonalModel> models) {
        if (band.isEmpty()) {
            return AlarmPoint.of(start, value, Double.NaN);
        }
        SeasonalModel model = Objects.requireNonNull(models.get(band.get().metric()));
        SeasonalModel.Edges edges = model.edges(start, band.get().deviations());
        return new AlarmPoint(start, value, Double.NaN, edges.lower(), edges.upper());
    }

    private MathValue.Series series(String id, Collection<Datapoint> datapoints, Window window, @Nullable String unit) {
        List<Datapoint> inside = datapoints.stream()
                .filter(point -> point.start() >= window.from() && point.start() < window.end())
                .filter(point -> unit == null || unit.equals(point.unit()))
                .toList();
        Metric metric = metrics.get(id);
        if (metric == null) {
            throw new IllegalArgumentException("No metric " + id);
        }
        var rolled = Periods.rollUp(inside, window.end(), window.period());
        return new MathValue.Series(id, Periods.values(rolled, metric.statistic()));
    }

    private MathValue.Series single(MathQueries queries) {
        return switch (queries.evaluate(watched)) {
            case MathValue.Series series -> series;
            case MathValue.SeriesList _ ->
                throw new MathException("The expression returns several time series, and an alarm watches one.");
            case MathValue.Scalar _ ->
                throw new MathException("The expression returns a number, and an alarm watches a time series.");
        };
    }
}
