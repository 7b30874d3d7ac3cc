package belfry.engine.metric.math;

import belfry.engine.metric.math.MathValue.Scalar;
import belfry.engine.metric.math.MathValue.Series;
import belfry.engine.metric.math.MathValue.SeriesList;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Evaluates the parts of an expression. */
final class MathEvaluator {
    private final MathQueries queries;

    MathEvaluator(MathQueries queries) {
        this.queries = queries;
    }

    MathQueries queries() {
        return queries;
    }

    MathValue value(MathNode node) {
        return switch (node) {
            case MathNode.Literal(double number) -> new Scalar(number);
            case MathNode.Text(String text) ->
                throw new MathException("A text stands where a value is wanted: " + text);
            case MathNode.Name(String name, int _) -> queries.evaluate(name);
            case MathNode.Negated(MathNode part) -> binary(MathOperator.MINUS, new Scalar(0), value(part));
            case MathNode.Binary(MathOperator operator, MathNode left, MathNode right) ->
                binary(operator, value(left), value(right));
            case MathNode.Call call -> MathFunctions.call(call, this);
            case MathNode.Many(List<MathNode> parts) -> many(parts);
        };
    }

    private SeriesList many(List<MathNode> parts) {
        List<Series> all = new ArrayList<>();
        for (MathNode part : parts) {
            switch (value(part)) {
                case Series series -> all.add(series);
                case SeriesList list -> all.addAll(list.series());
                case Scalar _ ->
                    throw new MathException("An array holds time series; TIME_SERIES makes one of a number");
            }
        }
        return new SeriesList(all);
    }

    static MathValue binary(MathOperator operator, MathValue left, MathValue right) {
        return switch (left) {
            case Scalar(double a) ->
                switch (right) {
                    case Scalar(double b) -> new Scalar(apply(operator, a, b));
                    case Series series -> series.map(b -> apply(operator, a, b));
                    case SeriesList(List<Series> list) ->
                        new SeriesList(list.stream()
                                .map(s -> s.map(b -> apply(operator, a, b)))
                                .toList());
                };
            case Series series ->
                switch (right) {
                    case Scalar(double b) -> series.map(a -> apply(operator, a, b));
                    case Series other -> pointwise(operator, series, other);
                    case SeriesList(List<Series> list) ->
                        new SeriesList(list.stream()
                                .map(s -> s.with(pointwise(operator, series, s).values()))
                                .toList());
                };
            case SeriesList(List<Series> list) ->
                new SeriesList(list.stream()
                        .map(s -> single(binary(operator, s, right)))
                        .toList());
        };
    }

    private static Series single(MathValue value) {
        if (value instanceof Series series) {
            return series;
        }
        throw new MathException("Two arrays cannot be combined");
    }

    private static double apply(MathOperator operator, double left, double right) {
        return Double.isNaN(left) || Double.isNaN(right) ? Double.NaN : operator.apply(left, right);
    }

    /** Where either has a value; the other's missing one counts as 0. */
    private static Series pointwise(MathOperator operator, Series left, Series right) {
        TreeMap<Long, Double> results = new TreeMap<>();
        TreeSet<Long> starts = new TreeSet<>(left.values().keySet());
        starts.addAll(right.values().keySet());
        for (long start : starts) {
            double a = left.values().getOrDefault(start, 0.0);
            double b = right.values().getOrDefault(start, 0.0);
            MathValue.put(results, start, operator.apply(a, b));
        }
        return left.with(results);
    }
}
