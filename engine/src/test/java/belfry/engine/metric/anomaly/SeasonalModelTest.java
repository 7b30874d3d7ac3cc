package belfry.engine.metric.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The band follows the season, stays where it is whatever outliers say, and moves and stretches with the values. */
class SeasonalModelTest {
    private static final long MONDAY = Instant.parse("2026-03-02T00:00:00Z").getEpochSecond();
    private static final long HOUR = 3600;
    private static final long DAY = 24 * HOUR;
    private static final int PERIOD = 600;

    private static SortedMap<Long, Double> history(double days, LongToDoubleFunction value) {
        TreeMap<Long, Double> history = new TreeMap<>();
        for (long at = MONDAY; at < MONDAY + days * DAY; at += PERIOD) {
            history.put(at, value.applyAsDouble(at));
        }
        return history;
    }

    private static SeasonalModel trained(SortedMap<Long, Double> history) {
        return SeasonalModel.train(history, PERIOD, ZoneOffset.UTC).orElseThrow();
    }

    /** Busy by day, quiet by night and at the weekend, with noise. */
    private static double office(long at, Random noise) {
        long hour = (at - MONDAY) / HOUR % 24;
        boolean busy = hour >= 8 && hour < 18 && (at - MONDAY) / DAY % 7 < 5;
        return (busy ? 100 : 10) + noise.nextGaussian() * 2;
    }

    @Property(tries = 50)
    void theNextWeekLiesInsideAndTheWrongHourOutside(@ForAll @IntRange(max = 100_000) int seed) {
        Random noise = new Random(seed);
        SeasonalModel model = trained(history(14, at -> office(at, noise)));
        int outside = 0;
        int all = 0;
        for (long at = MONDAY + 14 * DAY; at < MONDAY + 21 * DAY; at += PERIOD) {
            SeasonalModel.Edges edges = model.edges(at, 4);
            double value = office(at, noise);
            outside += value < edges.lower() || value > edges.upper() ? 1 : 0;
            all++;
        }
        assertThat(outside / (double) all).isLessThan(0.02);
        long night = MONDAY + 14 * DAY + 3 * HOUR;
        assertThat(model.edges(night, 4).upper()).as("a busy night").isLessThan(100);
        long saturdayNoon = MONDAY + 19 * DAY + 12 * HOUR;
        assertThat(model.edges(saturdayNoon, 4).upper()).as("a busy Saturday").isLessThan(100);
        long mondayNoon = MONDAY + 14 * DAY + 12 * HOUR;
        assertThat(model.edges(mondayNoon, 4).lower()).as("a quiet Monday").isGreaterThan(10);
    }

    @Property(tries = 100)
    void itMovesAndStretchesWithTheValues(
            @ForAll @DoubleRange(min = 0.5, max = 1000) double factor,
            @ForAll @DoubleRange(min = -1000, max = 1000) double shift,
            @ForAll @IntRange(max = 100_000) int seed,
            @ForAll @IntRange(max = 167) int hour) {
        // Noise far above the smallest spread, which alone does not stretch.
        SortedMap<Long, Double> values = history(7, at -> new Random(seed + at).nextGaussian() * 1000);
        TreeMap<Long, Double> moved = new TreeMap<>();
        values.forEach((at, value) -> moved.put(at, value * factor + shift));
        long at = MONDAY + 14 * DAY + hour * HOUR;
        SeasonalModel.Edges before = trained(values).edges(at, 2);
        SeasonalModel.Edges after = trained(moved).edges(at, 2);
        double tolerance = 1e-6 * (1 + factor * 1000 + Math.abs(shift));
        assertThat(after.lower()).isCloseTo(before.lower() * factor + shift, within(tolerance));
        assertThat(after.upper()).isCloseTo(before.upper() * factor + shift, within(tolerance));
    }

    @Property(tries = 50)
    void outliersDoNotMoveIt(@ForAll @IntRange(max = 100_000) int seed, @ForAll @IntRange(max = 167) int hour) {
        Random noise = new Random(seed);
        SortedMap<Long, Double> clean = history(14, at -> office(at, noise));
        SortedMap<Long, Double> spoilt = new TreeMap<>(clean);
        Random picks = new Random(seed + 1L);
        clean.forEach((at, value) -> spoilt.put(at, picks.nextInt(20) == 0 ? 1e9 : value));
        long at = MONDAY + 14 * DAY + hour * HOUR;
        SeasonalModel.Edges before = trained(clean).edges(at, 2);
        SeasonalModel.Edges after = trained(spoilt).edges(at, 2);
        assertThat(after.upper()).isCloseTo(before.upper(), within(15.0));
        assertThat(after.lower()).isCloseTo(before.lower(), within(15.0));
    }

    @Test
    void thereIsNoBandFromLittle() {
        assertThat(SeasonalModel.train(history(0.1, at -> 1), PERIOD, ZoneOffset.UTC))
                .isEmpty();
        assertThat(SeasonalModel.train(new TreeMap<>(), PERIOD, ZoneOffset.UTC)).isEmpty();
        assertThat(SeasonalModel.train(history(0.125, at -> 1), PERIOD, ZoneOffset.UTC))
                .isPresent();
    }

    @Test
    void aConstantHasANarrowBandAndRareEventsAreOutside() {
        SeasonalModel.Edges constant = trained(history(14, at -> 50)).edges(MONDAY, 2);
        assertThat(constant.lower()).isBetween(49.0, 50.0);
        assertThat(constant.upper()).isBetween(50.0, 51.0);
        SeasonalModel.Edges rare =
                trained(history(14, at -> at % (2 * DAY) == 0 ? 1 : 0)).edges(MONDAY + 5 * HOUR, 3);
        assertThat(rare.upper()).isLessThan(1);
    }

    @Test
    void hoursAreThoseOfTheZone() {
        SortedMap<Long, Double> values = history(14, at -> (at - MONDAY) / HOUR % 24 == 12 ? 100 : 0);
        SeasonalModel tokyo =
                SeasonalModel.train(values, PERIOD, ZoneId.of("Asia/Tokyo")).orElseThrow();
        assertThat(tokyo.edges(MONDAY + 14 * DAY + 12 * HOUR, 1).upper()).isGreaterThan(80);
        assertThat(tokyo.edges(MONDAY + 14 * DAY + 13 * HOUR, 1).upper()).isLessThan(50);
    }
}
