package belfry.engine.metric.anomaly;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * A metric's expected value and spread by hour of the week. All of it is made of medians, so that less than half of an hour's
 * values may be outliers without moving the band far:
 *
 * <ul>
 *   <li>the level is the median of all values;
 *   <li>each hour of the day adds the median of what is left of its values, and each hour of the week the median of what is
 *       left then. Both are shrunk by how well the days or weeks agree: with a median m and a spread s between the medians of n
 *       days, by m²/(m² + s²/n); by a half after one day, which tells little of the next;
 *   <li>the spread of an hour of the day is 1.4826 times the median absolute deviation of what is left after all that, which is
 *       the standard deviation of normal noise, drawn towards the spread of the whole week as if two days of it had been seen.
 *       Where more than half of the values are equal, the mean absolute deviation takes its place. It is never less than half a
 *       percent of the level, so that a constant has a band.
 * </ul>
 *
 * Immutable.
 */
public final class SeasonalModel {
    /** What a model is trained on. */
    public static final Duration HISTORY = Duration.ofDays(14);
    /** No band before the values span this much, as AWS says of its models. */
    public static final Duration SHORTEST = Duration.ofHours(3);
    /** Nor from fewer values. */
    public static final int FEWEST = 12;

    private static final int HOURS = 24;
    private static final int WEEK_HOURS = 168;
    private static final double NORMAL_MAD = 1.4826;
    private static final double NORMAL_MEAN = 1.2533;
    private static final double SMALLEST_SHARE = 0.005;
    private static final double SMALLEST = 1e-6;
    private static final double PRIOR_DAYS = 2;

    private final ZoneId zone;
    private final double level;
    private final double[] byHour;
    private final double[] byWeekHour;
    private final double[] spread;

    /** What a value should lie between. */
    public record Edges(double lower, double upper) {}

    private record Seen(double value, int hour, int weekHour, LocalDate day, long week) {}

    private SeasonalModel(ZoneId zone, double level, double[] byHour, double[] byWeekHour, double[] spread) {
        this.zone = zone;
        this.level = level;
        this.byHour = byHour;
        this.byWeekHour = byWeekHour;
        this.spread = spread;
    }

    /**
     * Learns from the past.
     *
     * @param history values by their period's start in epoch seconds
     * @param period seconds
     * @param zone whose hours and weekdays count
     * @return empty while there is too little to learn from
     */
    public static Optional<SeasonalModel> train(SortedMap<Long, Double> history, int period, ZoneId zone) {
        if (history.size() < FEWEST || history.lastKey() + period - history.firstKey() < SHORTEST.toSeconds()) {
            return Optional.empty();
        }
        List<Seen> seen =
                history.entrySet().stream().map(entry -> seen(entry, zone)).toList();
        double[] left = seen.stream().mapToDouble(Seen::value).toArray();
        double level = Medians.median(left);
        subtract(left, i -> level);
        int[] hours = seen.stream().mapToInt(Seen::hour).toArray();
        int[] weekHours = seen.stream().mapToInt(Seen::weekHour).toArray();
        long[] days = seen.stream().mapToLong(one -> one.day().toEpochDay()).toArray();
        double[] byHour = seasons(left, hours, days, HOURS);
        subtract(left, i -> byHour[hours[i]]);
        long[] weeks = seen.stream().mapToLong(Seen::week).toArray();
        double[] byWeekHour = seasons(left, weekHours, weeks, WEEK_HOURS);
        subtract(left, i -> byWeekHour[weekHours[i]]);
        double smallest = Math.max(SMALLEST, SMALLEST_SHARE * Math.abs(level));
        return Optional.of(new SeasonalModel(zone, level, byHour, byWeekHour, spreads(left, hours, days, smallest)));
    }

    /** All that was learnt, in numbers, so that it can be kept. */
    public double[] numbers() {
        double[] numbers = new double[1 + HOURS + WEEK_HOURS + HOURS];
        numbers[0] = level;
        System.arraycopy(byHour, 0, numbers, 1, HOURS);
        System.arraycopy(byWeekHour, 0, numbers, 1 + HOURS, WEEK_HOURS);
        System.arraycopy(spread, 0, numbers, 1 + HOURS + WEEK_HOURS, HOURS);
        return numbers;
    }

    /** The model that {@link #numbers} came from. */
    public static SeasonalModel of(double[] numbers, ZoneId zone) {
        int spreadFrom = 1 + HOURS + WEEK_HOURS;
        if (numbers.length != spreadFrom + HOURS) {
            throw new IllegalArgumentException("A model is " + (spreadFrom + HOURS) + " numbers");
        }
        return new SeasonalModel(
                zone,
                numbers[0],
                Arrays.copyOfRange(numbers, 1, 1 + HOURS),
                Arrays.copyOfRange(numbers, 1 + HOURS, spreadFrom),
                Arrays.copyOfRange(numbers, spreadFrom, numbers.length));
    }

    private static Seen seen(Map.Entry<Long, Double> entry, ZoneId zone) {
        ZonedDateTime at = Instant.ofEpochSecond(entry.getKey()).atZone(zone);
        LocalDate day = at.toLocalDate();
        return new Seen(entry.getValue(), at.getHour(), weekHour(at), day, Math.floorDiv(day.toEpochDay(), 7));
    }

    private static int weekHour(ZonedDateTime at) {
        return (at.getDayOfWeek().getValue() - 1) * HOURS + at.getHour();
    }

    private interface PerIndex {
        double of(int index);
    }

    private static void subtract(double[] values, PerIndex amount) {
        for (int i = 0; i < values.length; i++) {
            values[i] -= amount.of(i);
        }
    }

    /** What each bucket adds, by its median in each of the times (days or weeks) that were seen. */
    private static double[] seasons(double[] values, int[] buckets, long[] times, int count) {
        double[] seasons = new double[count];
        for (int bucket = 0; bucket < count; bucket++) {
            double[] medians = mediansOfTimes(values, buckets, times, bucket);
            seasons[bucket] = medians.length == 0 ? 0 : shrunk(inside(values, buckets, bucket), medians);
        }
        return seasons;
    }

    private static double[] mediansOfTimes(double[] values, int[] buckets, long[] times, int bucket) {
        Map<Long, List<Double>> byTime = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            if (buckets[i] == bucket) {
                byTime.computeIfAbsent(times[i], time -> new ArrayList<>()).add(values[i]);
            }
        }
        return byTime.values().stream()
                .mapToDouble(list -> Medians.median(
                        list.stream().mapToDouble(Double::doubleValue).toArray()))
                .toArray();
    }

    private static double shrunk(double[] values, double[] medians) {
        double median = Medians.median(values);
        if (medians.length == 1) {
            return median / 2;
        }
        double between = spread(medians);
        double uncertain = between * between / medians.length;
        return uncertain == 0 ? median : median * median * median / (median * median + uncertain);
    }

    private static double[] spreads(double[] left, int[] hours, long[] days, double smallest) {
        double all = spread(left);
        double[] spreads = new double[HOURS];
        for (int hour = 0; hour < HOURS; hour++) {
            double[] inside = inside(left, hours, hour);
            double own = inside.length == 0 ? all : spread(inside);
            int number = mediansOfTimes(left, hours, days, hour).length;
            double pooled = Math.sqrt((number * own * own + PRIOR_DAYS * all * all) / (number + PRIOR_DAYS));
            spreads[hour] = Math.max(smallest, pooled);
        }
        return spreads;
    }

    private static double[] inside(double[] values, int[] buckets, int bucket) {
        return IntStream.range(0, values.length)
                .filter(i -> buckets[i] == bucket)
                .mapToDouble(i -> values[i])
                .toArray();
    }

    private static double spread(double[] left) {
        double middle = Medians.median(left);
        double[] away = new double[left.length];
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            away[i] = Math.abs(left[i] - middle);
            sum += away[i];
        }
        double median = Medians.median(away);
        return median > 0 ? NORMAL_MAD * median : NORMAL_MEAN * sum / left.length;
    }

    /**
     * The band at a time.
     *
     * @param start of the period, epoch seconds
     * @param deviations how many spreads wide it is on either side
     */
    public Edges edges(long start, double deviations) {
        ZonedDateTime at = Instant.ofEpochSecond(start).atZone(zone);
        double expected = level + byHour[at.getHour()] + byWeekHour[weekHour(at)];
        double half = deviations * spread[at.getHour()];
        return new Edges(expected - half, expected + half);
    }
}
