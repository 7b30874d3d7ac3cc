package belfry.engine.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.engine.metric.Aggregate;
import belfry.engine.metric.BasicStatistic;
import belfry.engine.metric.Datapoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

/** Early firing never says what the closed period would take back. */
class EarlyFiringTest {
    private static final Instant NOW = Instant.parse("2025-02-02T12:05:20Z");

    /** A sample: when it happened, relative to NOW, and what it was. */
    record Sample(int offset, double value) {}

    @Property(tries = 3000)
    void theClosedPeriodNeverContradicts(
            @ForAll("rules") AlarmRule rule,
            @ForAll("samples") List<Sample> before,
            @ForAll("samples") List<Sample> after,
            @ForAll AlarmState current) {
        List<Sample> all = new ArrayList<>(before);
        Evaluation early = AlarmEvaluator.decide(rule, datapoints(all), NOW, current, true);
        all.addAll(after);
        Statistics.label("early")
                .collect(early.early())
                .coverage(share -> share.check(true).percentage(p -> p > 10));
        if (early.early()) {
            assertThat(early.state()).isEqualTo(AlarmState.ALARM);
            Instant close = AlarmSchedule.nextEvaluation(rule, NOW);
            var points = AlarmSchedule.closedWindow(rule, close).points(rule, datapoints(all));
            Evaluation closed = AlarmEvaluator.evaluate(rule, points, close, current);
            assertThat(closed.state()).isEqualTo(AlarmState.ALARM);
            assertThat(closed.kept()).isFalse();
        }
    }

    /** Ten-second datapoints, each grown by one sample after the other, as a store grows them. */
    private static List<Datapoint> datapoints(List<Sample> samples) {
        TreeMap<Long, Aggregate> byStart = new TreeMap<>();
        for (Sample sample : samples) {
            long start = Math.floorDiv(NOW.getEpochSecond() + sample.offset(), 10) * 10;
            byStart.merge(start, Aggregate.of(sample.value()), Aggregate::merge);
        }
        List<Datapoint> datapoints = new ArrayList<>();
        byStart.forEach((start, samplesThen) -> datapoints.add(new Datapoint(start, "None", samplesThen)));
        return datapoints;
    }

    @Provide
    Arbitrary<List<Sample>> samples() {
        Arbitrary<Integer> offsets = Arbitraries.integers().between(-900, 60);
        Arbitrary<Double> values = Arbitraries.of(0.0, 0.1, 0.2, 0.3, 0.7, 1.0, 2.0, 5.0);
        return Combinators.combine(offsets, values).as(Sample::new).list().ofMaxSize(25);
    }

    @Provide
    Arbitrary<AlarmRule> rules() {
        Arbitrary<Integer> n = Arbitraries.integers().between(1, 5);
        return Combinators.combine(
                        Arbitraries.of(
                                ComparisonOperator.GREATER_THAN_OR_EQUAL,
                                ComparisonOperator.GREATER_THAN,
                                ComparisonOperator.LESS_THAN,
                                ComparisonOperator.LESS_THAN_OR_EQUAL),
                        Arbitraries.of(0.0, 0.3, 1.0, 3.0),
                        Arbitraries.of(10, 20, 60, 120, 300),
                        n,
                        n.injectNull(0.3),
                        Arbitraries.of(TreatMissing.class),
                        Arbitraries.of(BasicStatistic.class))
                .as((comparison, threshold, period, periods, m, treat, statistic) -> new AlarmRule(
                        comparison,
                        threshold,
                        period,
                        periods,
                        m == null ? null : Math.min(m, periods),
                        treat,
                        statistic,
                        null,
                        false));
    }

    private static AlarmRule sum(BasicStatistic statistic) {
        return new AlarmRule(
                ComparisonOperator.GREATER_THAN_OR_EQUAL,
                1,
                60,
                1,
                null,
                TreatMissing.NOT_BREACHING,
                statistic,
                null,
                false);
    }

    @Test
    void theSeedsTrap() {
        List<Sample> tenOneOfThemOne = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            tenOneOfThemOne.add(new Sample(-5, i == 3 ? 1 : 0));
        }
        List<Datapoint> data = datapoints(tenOneOfThemOne);
        Evaluation sum = AlarmEvaluator.decide(sum(BasicStatistic.SUM), data, NOW, AlarmState.OK, true);
        assertThat(sum.early()).isTrue();
        assertThat(sum.reason())
                .isEqualTo("Threshold Crossed: 1 datapoint [1.0 (02/02/25 12:05:00)] was greater than or equal to the"
                        + " threshold (1.0).");
        assertThat(AlarmEvaluator.decide(sum(BasicStatistic.SUM), data, NOW, AlarmState.OK, false)
                        .early())
                .isFalse();
        for (int minute = 0; minute < 10; minute++) {
            Instant then = NOW.plusSeconds(60L * minute);
            assertThat(AlarmEvaluator.decide(sum(BasicStatistic.AVERAGE), data, then, AlarmState.OK, true)
                            .state())
                    .isEqualTo(AlarmState.OK);
        }
        assertThat(AlarmEvaluator.decide(sum(BasicStatistic.SUM), data, NOW.plusSeconds(180), AlarmState.ALARM, true)
                        .state())
                .isEqualTo(AlarmState.ALARM);
        assertThat(AlarmEvaluator.decide(sum(BasicStatistic.SUM), data, NOW.plusSeconds(240), AlarmState.ALARM, true)
                        .reason())
                .isEqualTo("Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was"
                        + " treated as [NonBreaching].");
    }
}
