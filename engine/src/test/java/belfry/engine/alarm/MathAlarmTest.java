package belfry.engine.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.engine.metric.Aggregate;
import belfry.engine.metric.BasicStatistic;
import belfry.engine.metric.Datapoint;
import belfry.engine.metric.math.MathException;
import belfry.engine.metric.math.MathExpression;
import belfry.engine.metric.math.MathExpressions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

/** Alarms on expressions: what they watch, and that they never fire early on what can still be undone. */
class MathAlarmTest {
    private static final Instant NOW = Instant.parse("2025-02-02T12:05:20Z");
    private static final List<String> IDS = List.of("a", "b", "c");

    /** A sample of one of the metrics: when it happened, relative to NOW, and what it was. */
    record Sample(int metric, int offset, double value) {}

    record Setting(AlarmRule rule, String expression, List<BasicStatistic> statistics) {
        AlarmMath math() {
            Map<String, AlarmMath.Metric> metrics = new LinkedHashMap<>();
            for (int i = 0; i < IDS.size(); i++) {
                metrics.put(IDS.get(i), new AlarmMath.Metric(statistics.get(i), null));
            }
            return new AlarmMath(metrics, Map.of("e1", MathExpression.parse(expression)), "e1", Optional.empty());
        }
    }

    /** Metric a may be negative, b and c are known not to be. */
    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void theClosedPeriodNeverContradicts(
            @ForAll("settings") Setting setting,
            @ForAll("samples") List<Sample> before,
            @ForAll("samples") List<Sample> after,
            @ForAll AlarmState current) {
        List<Sample> all = new ArrayList<>(before);
        AlarmMath math = setting.math();
        AlarmRule rule = setting.rule();
        Evaluation early = AlarmEvaluator.decide(rule, source(math, all), NOW, current);
        all.addAll(after);
        Statistics.label("early")
                .collect(early.early())
                .coverage(share -> share.check(true).percentage(p -> p > 4));
        if (early.early()) {
            Instant close = AlarmSchedule.nextEvaluation(rule, NOW);
            var points = source(math, all).points(AlarmSchedule.closedWindow(rule, close));
            Evaluation closed = AlarmEvaluator.evaluate(rule, points, close, current);
            assertThat(closed.state()).as(setting.expression()).isEqualTo(AlarmState.ALARM);
            assertThat(closed.kept()).isFalse();
        }
    }

    private static PointSource source(AlarmMath math, List<Sample> samples) {
        return math.source(datapoints(samples), Set.of("b", "c"), Map.of());
    }

    /** Ten-second datapoints, each grown by one sample after the other, as a store grows them. */
    private static Map<String, List<Datapoint>> datapoints(List<Sample> samples) {
        Map<String, TreeMap<Long, Aggregate>> byStart = new TreeMap<>();
        for (Sample sample : samples) {
            long start = Math.floorDiv(NOW.getEpochSecond() + sample.offset(), 10) * 10;
            byStart.computeIfAbsent(IDS.get(sample.metric()), id -> new TreeMap<>())
                    .merge(start, Aggregate.of(sample.value()), Aggregate::merge);
        }
        Map<String, List<Datapoint>> datapoints = new TreeMap<>();
        byStart.forEach((id, starts) -> datapoints.put(
                id,
                starts.entrySet().stream()
                        .map(entry -> new Datapoint(entry.getKey(), "None", entry.getValue()))
                        .toList()));
        return datapoints;
    }

    @Provide
    Arbitrary<List<Sample>> samples() {
        Arbitrary<Integer> metrics = Arbitraries.integers().between(0, 2);
        Arbitrary<Integer> offsets = Arbitraries.integers().between(-150, 60);
        Arbitrary<Double> values = Arbitraries.of(-3.0, 0.0, 0.1, 0.2, 0.3, 0.7, 1.0, 2.0, 5.0);
        return Combinators.combine(metrics, offsets, values)
                .as((metric, offset, value) -> new Sample(metric, offset, metric == 0 ? value : Math.abs(value)))
                .list()
                .ofMaxSize(25);
    }

    @Provide
    Arbitrary<Setting> settings() {
        Arbitrary<List<BasicStatistic>> statistics = Arbitraries.of(
                        BasicStatistic.SUM,
                        BasicStatistic.SUM,
                        BasicStatistic.SAMPLE_COUNT,
                        BasicStatistic.SAMPLE_COUNT,
                        BasicStatistic.MAXIMUM,
                        BasicStatistic.MAXIMUM,
                        BasicStatistic.MINIMUM,
                        BasicStatistic.AVERAGE)
                .list()
                .ofSize(3);
        return Combinators.combine(rules(), MathExpressions.of(IDS, 2, 2), statistics)
                .as(Setting::new);
    }

    private static Arbitrary<AlarmRule> rules() {
        Arbitrary<Integer> n = Arbitraries.integers().between(1, 4);
        return Combinators.combine(
                        Arbitraries.of(
                                ComparisonOperator.GREATER_THAN_OR_EQUAL,
                                ComparisonOperator.GREATER_THAN,
                                ComparisonOperator.LESS_THAN,
                                ComparisonOperator.LESS_THAN_OR_EQUAL),
                        Arbitraries.of(-1.0, 0.0, 0.3, 1.0, 3.0),
                        Arbitraries.of(10, 60, 120),
                        n,
                        n,
                        Arbitraries.of(TreatMissing.class))
                .as((comparison, threshold, period, periods, m, treat) -> new AlarmRule(
                        comparison, threshold, period, periods, Math.min(m, periods), treat, null, null, false));
    }

    private static AlarmMath math(String expression) {
        Map<String, AlarmMath.Metric> metrics = new LinkedHashMap<>();
        IDS.forEach(id -> metrics.put(id, new AlarmMath.Metric(BasicStatistic.SUM, null)));
        return new AlarmMath(metrics, Map.of("e1", MathExpression.parse(expression)), "e1", Optional.empty());
    }

    @Test
    void whatGivesNoSingleSeriesIsNoAlarm() {
        assertThatThrownBy(() -> math("METRICS()").check(60))
                .isInstanceOf(MathException.class)
                .hasMessageContaining("several time series");
        assertThatThrownBy(() -> math("SUM(a)").check(60)).hasMessageContaining("returns a number");
        assertThatThrownBy(() -> math("a / z").check(60)).hasMessageContaining("z");
        math("FIRST(REMOVE_EMPTY(METRICS()))").check(60);
    }

    @Test
    void sumsOfCountsFireEarlyAndRatiosWait() {
        List<Sample> samples = List.of(new Sample(1, -5, 1), new Sample(2, -5, 1));
        AlarmRule rule = new AlarmRule(
                ComparisonOperator.GREATER_THAN_OR_EQUAL, 1, 60, 1, 1, TreatMissing.NOT_BREACHING, null, null, false);
        Evaluation sum = AlarmEvaluator.decide(rule, source(math("b + c"), samples), NOW, AlarmState.OK);
        assertThat(sum.early()).isTrue();
        assertThat(sum.reason())
                .isEqualTo(
                        "Threshold Crossed: 1 out of the last 1 datapoints [2.0 (02/02/25 12:05:00)] was greater than"
                                + " or equal to the threshold (1.0) (minimum 1 datapoint for OK -> ALARM transition).");
        assertThat(sum.data().toJson()).doesNotContain("statistic").contains("\"recentDatapoints\":[2.0]");
        Evaluation ratio = AlarmEvaluator.decide(rule, source(math("b / c"), samples), NOW, AlarmState.OK);
        assertThat(ratio.early()).isFalse();
    }
}
