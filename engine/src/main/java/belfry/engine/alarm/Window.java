package belfry.engine.alarm;

import belfry.engine.metric.Aggregate;
import belfry.engine.metric.Datapoint;
import belfry.engine.metric.Periods;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The evaluation range: {@code slots} periods of {@code period} seconds that end at {@code end} (epoch seconds, exclusive).
 */
public record Window(long end, int period, int slots) {

    /** The range's first second. */
    public long from() {
        return end - (long) period * slots;
    }

    /** The start of a period; 0 is the newest. */
    long start(int slot) {
        return end - (long) period * (slot + 1);
    }

    /** The starts of the periods, newest first. */
    public long[] starts() {
        return IntStream.range(0, slots).mapToLong(this::start).toArray();
    }

    /** The rule's value in each period that has data; datapoints outside the range or of another unit do not count. */
    public Map<Long, AlarmPoint> points(AlarmRule rule, Collection<Datapoint> datapoints) {
        var statistic = rule.statistic();
        if (statistic == null) {
            throw new IllegalArgumentException("The points of metric math are computed by its expression");
        }
        var inside = datapoints.stream()
                .filter(point -> point.start() >= from() && point.start() < end)
                .filter(point -> rule.unit() == null || rule.unit().equals(point.unit()))
                .toList();
        Map<Long, AlarmPoint> points = new HashMap<>();
        Periods.rollUp(inside, end, period).forEach((start, samples) -> add(points, rule, start, samples));
        return points;
    }

    private static void add(Map<Long, AlarmPoint> points, AlarmRule rule, long start, Aggregate samples) {
        var statistic = rule.statistic();
        if (statistic != null) {
            statistic
                    .of(samples)
                    .ifPresent(value -> points.put(
                            start, AlarmPoint.of(start, value, samples.set().sampleCount())));
        }
    }
}
