package belfry.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.api.cloudwatch.DescribeAlarmsInput;
import belfry.api.cloudwatch.MetricAlarm;
import belfry.api.cloudwatch.MetricDatum;
import belfry.api.cloudwatch.PutMetricAlarmInput;
import belfry.api.cloudwatch.PutMetricDataInput;
import belfry.metrics.Bench;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When alarms are evaluated, and percentiles of few samples (alarms.md §2 and §3), over the operations. */
class AlarmTimesTest {
    private static final Instant T = Bench.START;

    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    private static PutMetricAlarmInput alarm(int period, int periods) {
        return new PutMetricAlarmInput()
                .alarmName("a")
                .namespace("Own")
                .metricName("M")
                .statistic("Average")
                .period(period)
                .evaluationPeriods(periods)
                .threshold(1.0)
                .comparisonOperator("GreaterThanOrEqualToThreshold")
                .treatMissingData("notBreaching");
    }

    private void put(PutMetricAlarmInput in) {
        var unused = bench.call(call -> bench.api.putMetricAlarm(in, call));
    }

    private void data(double value, int resolution) {
        data(List.of(value), resolution);
    }

    private void data(List<Double> values, int resolution) {
        MetricDatum datum = new MetricDatum()
                .metricName("M")
                .timestamp(bench.clock.now())
                .storageResolution(resolution)
                .values(values);
        var unused = bench.call(call -> bench.api.putMetricData(
                new PutMetricDataInput().namespace("Own").metricData(List.of(datum)), call));
    }

    private MetricAlarm shown() {
        return bench.call(call -> bench.api.describeAlarms(new DescribeAlarmsInput().alarmNames(List.of("a")), call))
                .metricAlarms()
                .getFirst();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 30})
    void shortPeriodsAreLookedAtEveryTenSeconds(int period) {
        put(alarm(period, 1));
        bench.advance(Duration.ofSeconds(3));
        data(5, 1);
        bench.advance(Duration.ofSeconds(6));
        assertThat(shown().stateValue()).as("nine seconds on").isEqualTo("OK");
        bench.advance(Duration.ofSeconds(1));
        assertThat(shown().stateValue()).as("ten seconds on").isEqualTo("ALARM");
        assertThat(shown().stateUpdatedTimestamp()).isEqualTo(T.plusSeconds(10));
        // The range is three periods; then it is empty.
        bench.advance(Duration.ofSeconds(3L * period - 1));
        assertThat(shown().stateValue()).isEqualTo("ALARM");
        bench.advance(Duration.ofSeconds(11));
        assertThat(shown().stateValue()).isEqualTo("OK");
    }

    @Test
    void datapointsOfMinutesAreNothingToShortPeriods() {
        put(alarm(10, 1).treatMissingData("missing"));
        data(5, 60);
        bench.advance(Duration.ofMinutes(2));
        assertThat(shown().stateValue()).isEqualTo("INSUFFICIENT_DATA");
        assertThat(shown().stateReason()).isEqualTo("Unchecked: Initial alarm creation");
    }

    @Test
    void moreThanADayIsLookedAtEveryHour() {
        put(alarm(3600, 25).datapointsToAlarm(1));
        bench.advance(Duration.ofMinutes(20));
        data(5, 60);
        bench.advance(Duration.ofMinutes(39));
        assertThat(shown().stateValue()).isEqualTo("OK");
        bench.advance(Duration.ofMinutes(1));
        assertThat(shown().stateValue()).isEqualTo("ALARM");
        assertThat(shown().stateUpdatedTimestamp()).isEqualTo(T.plusSeconds(3600));
        bench.advance(Duration.ofMinutes(20));
        data(0, 60);
        assertThat(shown().stateReason()).as("half past, nothing is looked at").contains("10:00:00");
    }

    @Test
    void aDayIsLookedAtEveryMinute() {
        put(alarm(3600, 24).datapointsToAlarm(1));
        data(5, 60);
        bench.advance(Duration.ofMinutes(1));
        assertThat(shown().stateValue()).isEqualTo("ALARM");
    }

    /** p90 has too few samples below 10 / (1 - 0.9) = 100. */
    @Test
    void aPercentileOfFewSamplesLeavesTheStateOnlyIfAsked() {
        PutMetricAlarmInput p90 = alarm(60, 1).statistic(null).extendedStatistic("p90");
        put(p90.evaluateLowSampleCountPercentile("ignore"));
        List<Double> few = IntStream.range(0, 90).mapToObj(i -> 5.0).toList();
        data(few, 60);
        bench.advance(Duration.ofMinutes(1));
        assertThat(shown().stateValue()).as("90 samples, ignored").isEqualTo("OK");
        put(p90.evaluateLowSampleCountPercentile("evaluate"));
        assertThat(shown().stateValue()).as("90 samples, evaluated").isEqualTo("ALARM");
        bench.advance(Duration.ofMinutes(10));
        assertThat(shown().stateValue()).isEqualTo("OK");
        put(p90.evaluateLowSampleCountPercentile("ignore"));
        data(IntStream.range(0, 110).mapToObj(i -> 5.0).toList(), 60);
        bench.advance(Duration.ofMinutes(1));
        assertThat(shown().stateValue()).as("110 samples").isEqualTo("ALARM");
    }

    @Test
    void aWrongUnitIsNoData() {
        put(alarm(60, 1).unit("Seconds").treatMissingData("missing"));
        data(5, 60);
        bench.advance(Duration.ofMinutes(5));
        assertThat(shown().stateValue()).isEqualTo("INSUFFICIENT_DATA");
    }
}
