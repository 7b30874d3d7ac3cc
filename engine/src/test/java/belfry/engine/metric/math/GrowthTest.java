package belfry.engine.metric.math;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.engine.metric.Aggregate;
import belfry.engine.metric.BasicStatistic;
import belfry.engine.metric.Datapoint;
import belfry.engine.metric.Periods;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** What an expression's growth promises holds whatever samples are added. */
class GrowthTest {
    private static final List<String> IDS = List.of("a", "b", "c");
    private static final Grid GRID = new Grid(0, 180, 60);

    /** A sample of one of the metrics in one of three periods. */
    record Sample(int metric, int period, double value) {}

    record Setting(String expression, List<BasicStatistic> statistics) {}

    /** Metric a may be negative, b and c are known not to be. */
    @Property(tries = 20_000, edgeCases = EdgeCasesMode.NONE)
    void addedSamplesMoveValuesTheirWayOnly(
            @ForAll("settings") Setting setting,
            @ForAll("samples") List<Sample> before,
            @ForAll("samples") List<Sample> after) {
        Growth growth = growth(setting);
        Statistics.label("direction").collect(growth.direction()).coverage(share -> {
            share.check(Growth.Direction.UP).percentage(p -> p > 8);
            share.check(Growth.Direction.DOWN).percentage(p -> p > 3);
        });
        if (growth.direction() == Growth.Direction.UNKNOWN) {
            return;
        }
        List<Sample> all = new ArrayList<>(before);
        SortedMap<Long, Double> first = values(setting, all);
        all.addAll(after);
        SortedMap<Long, Double> then = values(setting, all);
        first.forEach((start, value) -> {
            Double now = then.get(start);
            assertThat(now).as("%s at %s", setting, start).isNotNull();
            if (now != null) {
                compare(setting, growth, value, now);
            }
        });
    }

    private static void compare(Setting setting, Growth growth, double value, double now) {
        switch (growth.direction()) {
            case UP -> assertThat(now).as(setting.toString()).isGreaterThanOrEqualTo(value);
            case DOWN -> assertThat(now).as(setting.toString()).isLessThanOrEqualTo(value);
            case CONSTANT -> assertThat(now).as(setting.toString()).isEqualTo(value);
            case UNKNOWN -> throw new AssertionError("nothing was promised");
        }
        if (growth.nonNegative()) {
            assertThat(now).as(setting.toString()).isNotNegative();
        }
        assertThat(Math.abs(now)).isLessThanOrEqualTo(growth.bound());
    }

    private static Growth growth(Setting setting) {
        Map<String, Growth> metrics = new LinkedHashMap<>();
        for (int i = 0; i < IDS.size(); i++) {
            metrics.put(IDS.get(i), Growth.of(setting.statistics().get(i), i > 0));
        }
        return MathQueries.growth("e1", metrics, Map.of("e1", MathExpression.parse(setting.expression())));
    }

    private static SortedMap<Long, Double> values(Setting setting, List<Sample> samples) {
        Map<String, MathValue.Series> series = new LinkedHashMap<>();
        for (int i = 0; i < IDS.size(); i++) {
            int metric = i;
            TreeMap<Long, Aggregate> periods = new TreeMap<>();
            samples.stream()
                    .filter(sample -> sample.metric() == metric)
                    .forEach(sample ->
                            periods.merge(60L * sample.period(), Aggregate.of(sample.value()), Aggregate::merge));
            List<Datapoint> datapoints = periods.entrySet().stream()
                    .map(entry -> new Datapoint(entry.getKey(), "None", entry.getValue()))
                    .toList();
            var rolled = Periods.rollUp(datapoints, 0, 60);
            series.put(
                    IDS.get(i),
                    new MathValue.Series(
                            IDS.get(i),
                            Periods.values(rolled, setting.statistics().get(i))));
        }
        MathQueries queries = new MathQueries(GRID, series, Map.of("e1", MathExpression.parse(setting.expression())));
        return queries.evaluate("e1") instanceof MathValue.Series one ? one.values() : new TreeMap<>();
    }

    @Provide
    Arbitrary<List<Sample>> samples() {
        Arbitrary<Double> values = Arbitraries.of(-3.0, 0.0, 0.1, 0.2, 0.3, 0.7, 1.0, 2.0, 5.0);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 2),
                        values)
                .as((metric, period, value) -> new Sample(metric, period, metric == 0 ? value : Math.abs(value)))
                .list()
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<Setting> settings() {
        Arbitrary<List<BasicStatistic>> statistics =
                Arbitraries.of(BasicStatistic.class).list().ofSize(3);
        return Combinators.combine(MathExpressions.of(IDS, 1, 2), statistics).as(Setting::new);
    }
}
