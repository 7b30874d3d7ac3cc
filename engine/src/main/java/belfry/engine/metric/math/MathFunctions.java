package belfry.engine.metric.math;

import belfry.engine.metric.math.MathValue.Scalar;
import belfry.engine.metric.math.MathValue.Series;
import belfry.engine.metric.math.MathValue.SeriesList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** The functions of metric math, by name. */
final class MathFunctions {
    private static final Map<String, Reducer> REDUCERS = Map.of(
            "SUM",
            Reducer.SUM,
            "AVG",
            Reducer.AVG,
            "MIN",
            Reducer.MIN,
            "MAX",
            Reducer.MAX,
            "STDDEV",
            Reducer.STDDEV,
            "DATAPOINT_COUNT",
            Reducer.COUNT);

    private static final Map<String, UnaryOperator<Series>> ELEMENTWISE = Map.ofEntries(
            Map.entry("ABS", series -> series.map(Math::abs)),
            Map.entry("CEIL", series -> series.map(Math::ceil)),
            Map.entry("FLOOR", series -> series.map(Math::floor)),
            Map.entry("LOG", series -> series.map(Math::log)),
            Map.entry("LOG10", series -> series.map(Math::log10)),
            Map.entry("RATE", Walks::rate),
            Map.entry("DIFF", Walks::difference),
            Map.entry("DIFF_TIME", Walks::timeDifference),
            Map.entry("RUNNING_SUM", Walks::runningSum));

    private static final Map<String, BiFunction<Series, Grid, Series>> CALENDAR = Map.of(
            "MINUTE", Calendar::minute,
            "HOUR", Calendar::hour,
            "DAY", Calendar::dayOfWeek,
            "DATE", Calendar::dayOfMonth,
            "MONTH", Calendar::month,
            "YEAR", Calendar::year,
            "EPOCH", Calendar::epoch);

    private static final List<String> OTHERS = List.of(
            Band.FUNCTION,
            Search.FUNCTION,
            "METRICS",
            "METRIC_COUNT",
            "PERIOD",
            "FILL",
            "IF",
            "TIME_SERIES",
            "FIRST",
            "LAST",
            "SLICE",
            "SORT",
            "REMOVE_EMPTY");

    private MathFunctions() {}

    static boolean readsTheTime(String function) {
        return CALENDAR.containsKey(function);
    }

    /** Refuses a function that does not exist here, before anything is evaluated. */
    static void check(MathNode.Call call) {
        String name = call.function();
        if (!REDUCERS.containsKey(name)
                && !ELEMENTWISE.containsKey(name)
                && !CALENDAR.containsKey(name)
                && !OTHERS.contains(name)) {
            throw MathException.at(call.position(), "The function " + name + " is not supported");
        }
        if (name.equals(Band.FUNCTION)) {
            var unused = Band.of(call);
        }
        if (name.equals(Search.FUNCTION)) {
            var unused = Search.of(call);
        }
    }

    static MathValue call(MathNode.Call call, MathEvaluator evaluator) {
        String name = call.function();
        Reducer reducer = REDUCERS.get(name);
        if (reducer != null) {
            return reducer.of(argument(call, 0, 1, evaluator));
        }
        UnaryOperator<Series> elementwise = ELEMENTWISE.get(name);
        if (elementwise != null) {
            return each(argument(call, 0, 1, evaluator), elementwise);
        }
        BiFunction<Series, Grid, Series> calendar = CALENDAR.get(name);
        if (calendar != null) {
            Grid grid = evaluator.queries().grid();
            return each(series(argument(call, 0, 1, evaluator)), one -> calendar.apply(one, grid));
        }
        return switch (name) {
            case Search.FUNCTION -> evaluator.queries().found(Search.of(call));
            case Band.FUNCTION -> evaluator.queries().band(Band.of(call));
            case "METRICS" -> metrics(call, evaluator.queries());
            case "METRIC_COUNT" ->
                new Scalar(list(argument(call, 0, 1, evaluator)).size());
            case "PERIOD" -> period(call, evaluator);
            case "FILL" -> fill(call, evaluator);
            case "IF" -> choose(call, evaluator);
            case "TIME_SERIES" ->
                Fills.constant(
                        scalar(argument(call, 0, 1, evaluator)),
                        evaluator.queries().grid());
            case "FIRST" -> Lists.at(list(argument(call, 0, 1, evaluator)), 0);
            case "LAST" -> Lists.at(list(argument(call, 0, 1, evaluator)), -1);
            case "REMOVE_EMPTY" -> Lists.withoutEmpty(list(argument(call, 0, 1, evaluator)));
            case "SLICE" -> slice(call, evaluator);
            case "SORT" -> sort(call, evaluator);
            default -> throw MathException.at(call.position(), "The function " + name + " is not supported");
        };
    }

    private static MathValue each(MathValue value, UnaryOperator<Series> function) {
        return switch (value) {
            case Series series -> function.apply(series);
            case SeriesList(List<Series> list) ->
                new SeriesList(list.stream().map(function).toList());
            case Scalar(double number) -> {
                // A number is a series of one point to the functions that look at values only.
                Series one = function.apply(new Series("", new java.util.TreeMap<>(Map.of(0L, number))));
                yield new Scalar(one.values().getOrDefault(0L, Double.NaN));
            }
        };
    }

    private static MathValue metrics(MathNode.Call call, MathQueries queries) {
        String part = call.arguments().isEmpty() ? "" : text(call, 0, 1);
        return new SeriesList(queries.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().contains(part))
                .map(Map.Entry::getValue)
                .toList());
    }

    private static MathValue period(MathNode.Call call, MathEvaluator evaluator) {
        MathQueries queries = evaluator.queries();
        if (node(call, 0, 1) instanceof MathNode.Name(String id, int _)) {
            Series metric = queries.metrics().get(id);
            if (metric != null) {
                return new Scalar(
                        metric.origin() == null
                                ? queries.grid().period()
                                : metric.origin().period());
            }
        }
        throw MathException.at(call.position(), "PERIOD takes the id of a metric");
    }

    private static MathValue fill(MathNode.Call call, MathEvaluator evaluator) {
        Grid grid = evaluator.queries().grid();
        MathValue value = argument(call, 0, 2, evaluator);
        if (call.arguments().get(1) instanceof MathNode.Name(String option, int position) && !isId(option)) {
            return switch (option) {
                case "REPEAT" -> each(value, series -> Fills.repeat(series, grid));
                case "LINEAR" -> each(value, series -> Fills.linear(series, grid));
                default -> throw MathException.at(position, "FILL takes a number, a time series, REPEAT or LINEAR");
            };
        }
        return switch (argument(call, 1, 2, evaluator)) {
            case Scalar(double filling) -> each(value, series -> Fills.with(series, Fills.constant(filling, grid)));
            case Series filling -> each(value, series -> Fills.with(series, filling));
            case SeriesList _ ->
                throw MathException.at(call.position(), "FILL takes a number, a time series, REPEAT or LINEAR");
        };
    }

    private static MathValue choose(MathNode.Call call, MathEvaluator evaluator) {
        int n = call.arguments().size() == 2 ? 2 : 3;
        MathValue otherwise = n == 2 ? new Scalar(Double.NaN) : argument(call, 2, n, evaluator);
        return Choice.of(argument(call, 0, n, evaluator), argument(call, 1, n, evaluator), otherwise);
    }

    private static MathValue slice(MathNode.Call call, MathEvaluator evaluator) {
        int n = call.arguments().size() == 2 ? 2 : 3;
        List<Series> list = list(argument(call, 0, n, evaluator));
        int from = (int) scalar(argument(call, 1, n, evaluator));
        int to = n == 2 ? list.size() : (int) scalar(argument(call, 2, n, evaluator));
        return Lists.slice(list, from, to);
    }

    private static MathValue sort(MathNode.Call call, MathEvaluator evaluator) {
        int n = call.arguments().size() == 3 ? 3 : 4;
        List<Series> list = list(argument(call, 0, n, evaluator));
        Reducer by = REDUCERS.get(text(call, 1, n));
        if (by == null) {
            throw MathException.at(call.position(), "SORT sorts by SUM, AVG, MIN, MAX or STDDEV");
        }
        String order = text(call, 2, n);
        if (!order.equals("ASC") && !order.equals("DESC")) {
            throw MathException.at(call.position(), "SORT sorts ASC or DESC");
        }
        boolean descending = order.equals("DESC");
        int limit = n == 4 ? (int) scalar(argument(call, 3, n, evaluator)) : list.size();
        return Lists.sorted(list, by, descending, limit);
    }

    private static MathValue argument(MathNode.Call call, int index, int expected, MathEvaluator evaluator) {
        return evaluator.value(node(call, index, expected));
    }

    private static MathNode node(MathNode.Call call, int index, int expected) {
        if (call.arguments().size() != expected) {
            throw MathException.at(
                    call.position(),
                    call.function() + " takes " + expected + (expected == 1 ? " argument" : " arguments"));
        }
        return call.arguments().get(index);
    }

    /** An option, in quotes or as a bare word. */
    private static String text(MathNode.Call call, int index, int expected) {
        return switch (node(call, index, expected)) {
            case MathNode.Text(String text) -> text;
            case MathNode.Name(String name, int _) -> name;
            case MathNode.Literal _, MathNode.Negated _, MathNode.Binary _, MathNode.Call _, MathNode.Many _ ->
                throw MathException.at(call.position(), call.function() + " takes a word there");
        };
    }

    private static boolean isId(String name) {
        return Character.isLowerCase(name.charAt(0));
    }

    private static List<Series> list(MathValue value) {
        return switch (value) {
            case SeriesList(List<Series> list) -> list;
            case Series series -> List.of(series);
            case Scalar _ -> throw new MathException("An array of time series is wanted");
        };
    }

    /** Times are of series. */
    private static MathValue series(MathValue value) {
        if (value instanceof Scalar) {
            throw new MathException("A time series is wanted");
        }
        return value;
    }

    private static double scalar(MathValue value) {
        if (value instanceof Scalar(double number)) {
            return number;
        }
        throw new MathException("A number is wanted");
    }
}
