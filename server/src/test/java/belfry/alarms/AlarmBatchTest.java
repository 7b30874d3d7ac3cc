package belfry.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.api.cloudwatch.MetricDatum;
import belfry.api.cloudwatch.PutMetricAlarmInput;
import belfry.api.cloudwatch.PutMetricDataInput;
import belfry.api.cloudwatch.SetAlarmStateInput;
import belfry.engine.alarm.AlarmEvaluator;
import belfry.engine.alarm.Evaluation;
import belfry.metrics.Bench;
import belfry.store.Slots;
import belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many alarms of all sorts in one step come to the states that each of them comes to alone. */
class AlarmBatchTest {
    private static final int ALARMS = 150;
    private static final int METRICS = 40;

    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void eachAlarmIsInTheStateItComesToAlone(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < ALARMS; i++) {
            PutMetricAlarmInput alarm = alarm(i, random);
            var unused = bench.call(call -> bench.api.putMetricAlarm(alarm, call));
        }
        for (int minute = 0; minute < 8; minute++) {
            List<MetricDatum> data = data(random);
            var unused = bench.call(call -> bench.api.putMetricData(
                    new PutMetricDataInput().namespace("N").metricData(data), call));
            eachIsAsAlone(seed, minute);
            bench.advance(Duration.ofMinutes(1));
            eachIsAsAlone(seed, minute);
        }
        bench.advance(Duration.ofDays(1));
        eachIsAsAlone(seed, -1);
    }

    private void eachIsAsAlone(long seed, int minute) {
        bench.write(tx -> {
            for (Alarm alarm : AlarmTable.list(tx, Bench.ACCOUNT, Bench.REGION, "", "", ALARMS)) {
                Evaluation alone = alone(tx, alarm, bench.clock.now());
                assertThat(alarm.state())
                        .as("%s with seed %d, minute %d: %s", alarm.name(), seed, minute, alone.reason())
                        .isEqualTo(alone.state());
            }
        });
    }

    private static Evaluation alone(Tx tx, Alarm alarm, Instant now) {
        AlarmRules rules = AlarmRules.of(alarm.account(), alarm.region(), alarm.metricAlarm());
        return AlarmEvaluator.decide(
                rules.rule(), AlarmData.read(tx, rules, now).source(), now, alarm.state());
    }

    private static PutMetricAlarmInput alarm(int i, SplittableRandom random) {
        int n = random.nextInt(1, 5);
        return new PutMetricAlarmInput()
                .alarmName("a" + i)
                .namespace("N")
                .metricName("m" + random.nextInt(METRICS + 5))
                .statistic(List.of("Sum", "Average", "Maximum", "SampleCount").get(random.nextInt(4)))
                .period(List.of(10, 60, 60, 60, 300, 3600).get(random.nextInt(6)))
                .unit(random.nextInt(4) == 0 ? "Count" : null)
                .evaluationPeriods(n)
                .datapointsToAlarm(random.nextInt(1, n + 1))
                .threshold((double) random.nextInt(4))
                .comparisonOperator(random.nextBoolean() ? "GreaterThanOrEqualToThreshold" : "LessThanThreshold")
                .treatMissingData(List.of("missing", "ignore", "breaching", "notBreaching")
                        .get(random.nextInt(4)));
    }

    private List<MetricDatum> data(SplittableRandom random) {
        List<MetricDatum> data = new ArrayList<>();
        for (int i = 0; i < METRICS; i++) {
            if (random.nextInt(3) > 0) {
                data.add(new MetricDatum()
                        .metricName("m" + i)
                        .timestamp(bench.clock.now().minusSeconds(random.nextInt(200)))
                        .storageResolution(random.nextBoolean() ? 1 : 60)
                        .unit(random.nextBoolean() ? "Count" : "None")
                        .value((double) random.nextInt(4)));
            }
        }
        return data;
    }

    /** What was decided last is counted on, with its newest reason; another decision is a row of its own. */
    @Test
    void equalDecisionsInARowAreOne() {
        for (int i = 0; i < 70; i++) {
            int number = i;
            var unused = bench.call(call -> bench.api.putMetricAlarm(
                    alarm(number, new SplittableRandom(7))
                            .metricName("m")
                            .statistic("Average")
                            .period(60)
                            .unit(null)
                            .evaluationPeriods(1)
                            .datapointsToAlarm(1)
                            .threshold(2.0)
                            .comparisonOperator("GreaterThanThreshold")
                            .treatMissingData("notBreaching"),
                    call));
        }
        for (int minute = 0; minute < 3; minute++) {
            var unused = bench.call(call -> bench.api.putMetricData(
                    new PutMetricDataInput()
                            .namespace("N")
                            .metricData(
                                    List.of(new MetricDatum().metricName("m").value(1.0))),
                    call));
            bench.advance(Duration.ofMinutes(1));
        }
        for (int i = 0; i < 70; i++) {
            String name = "a" + i;
            List<Decisions.Run> runs = bench.read(tx -> Decisions.of(tx, Bench.ACCOUNT, Bench.REGION, name, 10));
            assertThat(runs).extracting(Decisions.Run::decision).containsExactly("BelowThreshold", "NoActions");
            assertThat(runs.getFirst().times())
                    .as("three times when data came, three at a minute's end")
                    .isEqualTo(6);
            assertThat(runs.getFirst().reason()).contains("[1.0 (02/03/26 10:02:00)]");
        }
        var unused = bench.call(call -> bench.api.setAlarmState(
                new SetAlarmStateInput().alarmName("a0").stateValue("ALARM").stateReason("by hand"), call));
        bench.advance(Duration.ofMinutes(1));
        assertThat(bench.read(tx -> Decisions.of(tx, Bench.ACCOUNT, Bench.REGION, "a0", 10)).stream()
                        .map(Decisions.Run::decision))
                .containsExactly("NoActions", "BelowThreshold", "NoActions");
    }

    @Test
    void slotsAreFilledUpWithTheLast() {
        assertThat(Slots.of(3)).isEqualTo("?, ?, ?");
        assertThat(Slots.fill(List.of(4L, 5L), 4)).containsExactly(4L, 5L, 5L, 5L);
    }
}
