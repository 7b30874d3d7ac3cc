package belfry.engine.metric.math;

import belfry.engine.metric.math.MathValue.Series;
import belfry.engine.metric.math.MathValue.SeriesList;
import java.util.Comparator;
import java.util.List;

/** Functions that pick from arrays of series. */
final class Lists {
    private Lists() {}

    /** The first, or with -1 the last. */
    static Series at(List<Series> list, int index) {
        if (list.isEmpty()) {
            throw new MathException("The array is empty");
        }
        return index < 0 ? list.getLast() : list.get(index);
    }

    static SeriesList withoutEmpty(List<Series> list) {
        return new SeriesList(
                list.stream().filter(series -> !series.values().isEmpty()).toList());
    }

    static SeriesList slice(List<Series> list, int from, int to) {
        int start = Math.clamp(from, 0, list.size());
        return new SeriesList(list.subList(start, Math.clamp(to, start, list.size())));
    }

    /** Series without values come last. */
    static SeriesList sorted(List<Series> list, Reducer by, boolean descending, int limit) {
        Comparator<Series> order = Comparator.comparingDouble(series -> {
            double key = by.of(series.values().values());
            return Double.isNaN(key) ? Double.POSITIVE_INFINITY : descending ? -key : key;
        });
        return new SeriesList(
                list.stream().sorted(order).limit(Math.max(0, limit)).toList());
    }
}
