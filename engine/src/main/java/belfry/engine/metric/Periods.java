package belfry.engine.metric;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Adding datapoints up into longer periods. */
public final class Periods {
    private Periods() {}

    /**
     * Merges datapoints into the periods of {@code period} seconds that tile time from {@code anchor} (epoch seconds) in both
     * directions. They are added up in the order of time, so that rounding does not depend on the collection's order and a
     * sum of non-negative samples never falls when samples are added.
     *
     * @return the samples of each period that has any, by the period's start, oldest first
     */
    public static SortedMap<Long, Aggregate> rollUp(Collection<Datapoint> datapoints, long anchor, long period) {
        TreeMap<Long, Aggregate> byStart = new TreeMap<>();
        for (Datapoint point : ordered(datapoints)) {
            long start = anchor + Math.floorDiv(point.start() - anchor, period) * period;
            byStart.merge(start, point.samples(), Aggregate::merge);
        }
        return byStart;
    }

    private static List<Datapoint> ordered(Collection<Datapoint> datapoints) {
        return datapoints.stream()
                .sorted(Comparator.comparingLong(Datapoint::start).thenComparing(Datapoint::unit))
                .toList();
    }

    /** A statistic over rolled-up periods: periods where it is not known are left out. */
    public static SortedMap<Long, Double> values(Map<Long, Aggregate> byStart, Statistic statistic) {
        TreeMap<Long, Double> values = new TreeMap<>();
        byStart.forEach((start, samples) -> statistic.of(samples).ifPresent(value -> values.put(start, value)));
        return values;
    }
}
