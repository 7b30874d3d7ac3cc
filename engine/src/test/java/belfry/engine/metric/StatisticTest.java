package belfry.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import belfry.engine.LongForm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatisticTest {
    private static Aggregate samples(double... values) {
        Aggregate all = Aggregate.of(values[0]);
        for (int i = 1; i < values.length; i++) {
            all = all.merge(Aggregate.of(values[i]));
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SampleCount|10",
                "Sum|55",
                "Average|5.5",
                "Minimum|1",
                "Maximum|10",
                "p50|5",
                "p100|10",
                "p0|1",
                "p95.5|10",
                "tm50|3",
                "TM(10%:90%)|5.5",
                "IQM|5.5",
                "TM(:90%)|5",
                "TM(2:4)|3.5",
                "tc50|5",
                "TC(2:4)|2",
                "TC(8:)|2",
                "ts50|15",
                "TS(2:4)|7",
                "wm90|5.4",
                "WM(10%:90%)|5.4",
                "WM(:5)|4",
                "PR(:3)|30",
                "PR(3:)|70",
                "PR(3:5)|20"
            })
    void statisticsOfOneToTen(String statistic, double expected) {
        double value = Statistic.parse(statistic)
                .of(samples(1, 2, 3, 4, 5, 6, 7, 8, 9, 10))
                .orElseThrow();
        assertThat(value).isCloseTo(expected, within(expected * Sketch.RELATIVE_ERROR));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sum",
                "P99",
                "p",
                "p101",
                "p99.12345678901",
                "TM",
                "TM(:)",
                "TM(90%:10%)",
                "TM(10%:90)",
                "tm(10%:90%)",
                "PR(10%:)",
                "pr5",
                "p-1",
                "iqm",
                "TM(5:5)"
            })
    void refusesWhatIsNoStatistic(String name) {
        assertThatThrownBy(() -> Statistic.parse(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void extendedStatisticsNeedTheDistribution() {
        Statistic p50 = Statistic.parse("p50");
        assertThat(p50.of(Aggregate.of(new StatisticSet(3, 6, 1, 3)))).isEmpty();
        assertThat(p50.of(Aggregate.of(new StatisticSet(3, 6, 2, 2)))).hasValue(2);
        assertThat(p50.of(samples(1, 2).merge(Aggregate.of(new StatisticSet(3, 6, 1, 3)))))
                .isEmpty();
        assertThat(p50.of(samples(1, -2))).isEmpty();
        assertThat(p50.of(samples(0, 0, 5))).hasValue(0);
    }

    @Test
    void percentilesHaveASmallestNumberOfSamples() {
        assertThat(Statistic.parse("p99").minimumSamples()).isCloseTo(1000, within(1e-6));
        assertThat(Statistic.parse("p50").minimumSamples()).isEqualTo(20);
        assertThat(Statistic.parse("p10").minimumSamples()).isEqualTo(100);
        assertThat(Statistic.parse("p100").minimumSamples()).isZero();
        assertThat(Statistic.parse("Sum").minimumSamples()).isZero();
    }

    @Property(tries = 200)
    void percentilesStayWithinTheBoundHoweverMerged(@ForAll long seed) {
        LongForm.run(seed, random -> {
            List<Double> values = values(random);
            Aggregate merged = merge(random, values.stream().map(Aggregate::of).toList());
            Sketch sketch = Objects.requireNonNull(merged.sketch());
            assertThat(sketch).isEqualTo(inOrder(values).sketch());
            List<Double> sorted = new ArrayList<>(values);
            Collections.sort(sorted);
            for (double percent : new double[] {0, 1, 25, 50, 90, 99, 100}) {
                int rank = Math.max(1, (int) Math.ceil(values.size() * percent / 100));
                double exact = sorted.get(rank - 1);
                double answered =
                        Statistic.parse("p" + (int) percent).of(merged).orElseThrow();
                assertThat(answered).isCloseTo(exact, within(exact * Sketch.RELATIVE_ERROR * 1.0001));
            }
            assertThat(Sketch.fromBytes(sketch.toBytes())).isEqualTo(sketch);
        });
    }

    private static Aggregate inOrder(List<Double> values) {
        return values.stream().map(Aggregate::of).reduce(Aggregate::merge).orElseThrow();
    }

    private static List<Double> values(SplittableRandom random) {
        List<Double> values = new ArrayList<>();
        int n = 1 + random.nextInt(200);
        double scale = Math.pow(10, random.nextInt(12) - 4);
        for (int i = 0; i < n; i++) {
            values.add(random.nextInt(10) == 0 ? 0.0 : Math.exp(random.nextDouble() * 6) * scale);
        }
        return values;
    }

    /** Merges in random groups. */
    private static Aggregate merge(SplittableRandom random, List<Aggregate> parts) {
        List<Aggregate> left = new ArrayList<>(parts);
        while (left.size() > 1) {
            Aggregate a = left.remove(random.nextInt(left.size()));
            Aggregate b = left.remove(random.nextInt(left.size()));
            left.add(a.merge(b));
        }
        return left.getFirst();
    }

    @Test
    void keysAndPeriods() {
        assertThat(MetricKey.of("N", "m", Map.of("b", "1", "a", "2")))
                .isEqualTo(MetricKey.of("N", "m", Map.of("a", "2", "b", "1")));
        var points = List.of(
                new Datapoint(60, "None", Aggregate.of(1)),
                new Datapoint(0, "None", Aggregate.of(2)),
                new Datapoint(120, "None", Aggregate.of(4)),
                new Datapoint(-60, "None", Aggregate.of(8)));
        assertThat(Periods.values(Periods.rollUp(points, 0, 120), BasicStatistic.SUM))
                .isEqualTo(Map.of(-120L, 8.0, 0L, 3.0, 120L, 4.0));
        assertThat(Periods.rollUp(points, 60, 120).keySet()).containsExactly(-60L, 60L);
    }
}
