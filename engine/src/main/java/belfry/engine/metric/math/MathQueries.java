package belfry.engine.metric.math;

import belfry.engine.metric.anomaly.SeasonalModel;
import belfry.engine.metric.math.MathValue.Series;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A request's metrics and expressions by id, evaluated as they refer to each other. Made for one evaluation; not for many
 * threads.
 */
public final class MathQueries {
    private final Grid grid;
    private final Map<String, Series> metrics;
    private final Map<String, MathExpression> expressions;
    private final Map<String, SeasonalModel> models = new HashMap<>();
    private final Map<Search, List<Series>> found = new HashMap<>();
    private final Map<String, MathValue> known = new HashMap<>();
    private final Set<String> underWay = new LinkedHashSet<>();

    /**
     * @param grid the periods that results and fills lie on
     * @param metrics by id, in the request's order
     * @param expressions by id
     */
    public MathQueries(Grid grid, Map<String, Series> metrics, Map<String, MathExpression> expressions) {
        this.grid = grid;
        this.metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        this.expressions = Map.copyOf(expressions);
    }

    /** Takes bands from these models, by the ids of the metrics they were trained on; without one there is no band yet. */
    public MathQueries with(Map<String, SeasonalModel> trained) {
        models.putAll(trained);
        return this;
    }

    /** Takes what searches found from these series. */
    public MathQueries found(Map<Search, List<Series>> series) {
        found.putAll(series);
        return this;
    }

    MathValue found(Search search) {
        List<Series> series = found.get(search);
        if (series == null) {
            throw new MathException("SEARCH is not supported here");
        }
        return new MathValue.SeriesList(series);
    }

    /** The lower edge, and the upper one: {@code LAST} of a band is its upper edge. */
    MathValue band(Band band) {
        if (!metrics.containsKey(band.metric())) {
            throw new MathException("A band is drawn about a metric, and " + band.metric() + " is none");
        }
        TreeMap<Long, Double> upper = new TreeMap<>();
        TreeMap<Long, Double> lower = new TreeMap<>();
        SeasonalModel model = models.get(band.metric());
        if (model != null) {
            grid.starts().forEach(start -> {
                SeasonalModel.Edges edges = model.edges(start, band.deviations());
                upper.put(start, edges.upper());
                lower.put(start, edges.lower());
            });
        }
        return new MathValue.SeriesList(
                List.of(new Series(band.metric() + " Low", lower), new Series(band.metric() + " High", upper)));
    }

    Grid grid() {
        return grid;
    }

    Map<String, Series> metrics() {
        return metrics;
    }

    /**
     * The value of a metric or expression.
     *
     * @throws MathException if there is none of that id, expressions refer to each other in a circle, or a function does not
     *     take the values it is given
     */
    public MathValue evaluate(String id) {
        MathValue before = known.get(id);
        if (before != null) {
            return before;
        }
        Series metric = metrics.get(id);
        if (metric != null) {
            return metric;
        }
        MathExpression expression = expressions.get(id);
        if (expression == null) {
            throw new MathException("There is no metric or expression with the id " + id);
        }
        if (!underWay.add(id)) {
            throw new MathException("Expressions refer to each other in a circle: " + String.join(", ", underWay));
        }
        MathValue value = labelled(id, new MathEvaluator(this).value(expression.root()));
        underWay.remove(id);
        known.put(id, value);
        return value;
    }

    private static MathValue labelled(String id, MathValue value) {
        return value instanceof Series(String _, var values, var origin) ? new Series(id, values, origin) : value;
    }

    /**
     * Which way the values of a metric or expression can still move.
     *
     * @param metrics how the metrics' values can move, by id
     * @param expressions by id
     */
    public static Growth growth(String id, Map<String, Growth> metrics, Map<String, MathExpression> expressions) {
        return new GrowthAnalysis(metrics, name -> Optional.ofNullable(expressions.get(name))).of(id);
    }
}
