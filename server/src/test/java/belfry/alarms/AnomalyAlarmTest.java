package belfry.alarms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.api.cloudwatch.AnomalyDetector;
import belfry.api.cloudwatch.AnomalyDetectorConfiguration;
import belfry.api.cloudwatch.DeleteAnomalyDetectorInput;
import belfry.api.cloudwatch.DescribeAlarmsInput;
import belfry.api.cloudwatch.DescribeAnomalyDetectorsInput;
import belfry.api.cloudwatch.GetMetricDataInput;
import belfry.api.cloudwatch.Metric;
import belfry.api.cloudwatch.MetricAlarm;
import belfry.api.cloudwatch.MetricDataQuery;
import belfry.api.cloudwatch.MetricStat;
import belfry.api.cloudwatch.PutAnomalyDetectorInput;
import belfry.api.cloudwatch.PutMetricAlarmInput;
import belfry.api.cloudwatch.Range;
import belfry.api.cloudwatch.SingleMetricAnomalyDetector;
import belfry.engine.metric.Aggregate;
import belfry.metrics.Bench;
import belfry.metrics.MetricRef;
import belfry.metrics.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bands and the alarms on them, over the operations. The bench stands at ten on a Monday. */
class AnomalyAlarmTest {
    private static final Instant T = Bench.START;

    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    private static Sample sample(Instant at, double value) {
        MetricRef metric = MetricRef.of(Bench.ACCOUNT, Bench.REGION, "Own", "Reads", List.of());
        return new Sample(metric, "None", false, at, Aggregate.of(value), true);
    }

    /** Twelve values an hour about 100. */
    private void past(Duration length) {
        Random noise = new Random(7);
        List<Sample> samples = new ArrayList<>();
        for (Instant at = T.minus(length); at.isBefore(T); at = at.plusSeconds(300)) {
            samples.add(sample(at, 100 + 5 * noise.nextGaussian()));
        }
        bench.count(samples.toArray(Sample[]::new));
    }

    private static MetricDataQuery metric() {
        return new MetricDataQuery()
                .id("m1")
                .metricStat(new MetricStat()
                        .metric(new Metric().namespace("Own").metricName("Reads"))
                        .period(300)
                        .stat("Average"));
    }

    private static MetricDataQuery band() {
        return new MetricDataQuery().id("ad1").label("Reads (expected)").expression("ANOMALY_DETECTION_BAND(m1, 4)");
    }

    private static PutMetricAlarmInput alarm(String operator) {
        return new PutMetricAlarmInput()
                .alarmName("odd")
                .metrics(List.of(metric(), band()))
                .thresholdMetricId("ad1")
                .evaluationPeriods(1)
                .datapointsToAlarm(1)
                .comparisonOperator(operator);
    }

    private void put(PutMetricAlarmInput in) {
        var unused = bench.call(call -> bench.api.putMetricAlarm(in, call));
    }

    private MetricAlarm shown() {
        return bench.call(call -> bench.api.describeAlarms(new DescribeAlarmsInput().alarmNames(List.of("odd")), call))
                .metricAlarms()
                .getFirst();
    }

    @Test
    void whatIsFarFromTheUsualIsAnAlarm() {
        past(Duration.ofDays(14));
        put(alarm("LessThanLowerOrGreaterThanUpperThreshold"));
        assertThat(shown().stateValue()).isEqualTo("OK");
        assertThat(shown().threshold()).isNull();
        assertThat(shown().thresholdMetricId()).isEqualTo("ad1");
        bench.count(sample(T, 300));
        assertThat(shown().stateValue()).as("an average may still fall").isEqualTo("OK");
        bench.advance(Duration.ofMinutes(5));
        assertThat(shown().stateValue()).isEqualTo("ALARM");
        assertThat(shown().stateReason())
                .startsWith("Thresholds Crossed: 1 out of the last 1 datapoints [300.0 (02/03/26 ")
                .contains(" was less than the lower thresholds [")
                .contains("] or greater than the upper thresholds [")
                .endsWith("] (minimum 1 datapoint for OK -> ALARM transition).");
        assertThat(shown().stateReasonData())
                .contains("\"recentLowerThresholds\":[", "\"recentUpperThresholds\":[")
                .doesNotContain("\"threshold\"");
    }

    @Test
    void onlyTheSideThatIsAskedForCounts() {
        past(Duration.ofDays(14));
        put(alarm("LessThanLowerThreshold"));
        bench.count(sample(T, 300));
        bench.advance(Duration.ofMinutes(5));
        assertThat(shown().stateValue()).isEqualTo("OK");
        bench.count(sample(bench.clock.now(), 10));
        bench.advance(Duration.ofMinutes(5));
        assertThat(shown().stateValue()).isEqualTo("ALARM");
    }

    @Test
    void withoutAPastThereIsNoBandAndNotEnoughData() {
        past(Duration.ofHours(2));
        put(alarm("GreaterThanUpperThreshold"));
        bench.count(sample(T, 3000));
        bench.advance(Duration.ofMinutes(5));
        assertThat(shown().stateValue()).isEqualTo("INSUFFICIENT_DATA");
        assertThat(detectors().getFirst().stateValue()).isEqualTo("TRAINED_INSUFFICIENT_DATA");
    }

    @Test
    void theBandIsTwoSeries() {
        past(Duration.ofDays(14));
        var results = bench.call(call -> bench.api.getMetricData(
                        new GetMetricDataInput()
                                .metricDataQueries(List.of(metric().returnData(false), band()))
                                .startTime(T.minus(Duration.ofHours(1)))
                                .endTime(T.plus(Duration.ofHours(1))),
                        call))
                .metricDataResults();
        assertThat(results).hasSize(2).allSatisfy(result -> {
            assertThat(result.id()).isEqualTo("ad1");
            assertThat(result.values()).as("the hour to come, too").hasSize(24);
        });
        assertThat(results.getLast().values())
                .allSatisfy(upper -> assertThat(upper).isBetween(105.0, 140.0));
        assertThat(results.getFirst().values())
                .allSatisfy(lower -> assertThat(lower).isBetween(60.0, 95.0));
    }

    private List<AnomalyDetector> detectors() {
        return bench.call(call -> bench.api.describeAnomalyDetectors(new DescribeAnomalyDetectorsInput(), call))
                .anomalyDetectors();
    }

    @Test
    void detectorsArePutShownAndDeleted() {
        past(Duration.ofDays(14));
        var single = new SingleMetricAnomalyDetector()
                .namespace("Own")
                .metricName("Reads")
                .stat("Average");
        var unused = bench.call(call -> bench.api.putAnomalyDetector(
                new PutAnomalyDetectorInput()
                        .singleMetricAnomalyDetector(single)
                        .configuration(new AnomalyDetectorConfiguration()
                                .metricTimezone("Europe/Berlin")
                                .excludedTimeRanges(List.of(new Range()
                                        .startTime(T.minus(Duration.ofDays(30)))
                                        .endTime(T)))),
                call));
        AnomalyDetector shown = detectors().getFirst();
        assertThat(shown.stateValue()).as("all of the past is excluded").isEqualTo("TRAINED_INSUFFICIENT_DATA");
        assertThat(shown.configuration().metricTimezone()).isEqualTo("Europe/Berlin");
        assertThat(shown.singleMetricAnomalyDetector().metricName()).isEqualTo("Reads");
        put(alarm("GreaterThanUpperThreshold"));
        assertThat(detectors()).hasSize(1);
        var unusedToo = bench.call(call -> bench.api.deleteAnomalyDetector(
                new DeleteAnomalyDetectorInput().singleMetricAnomalyDetector(single), call));
        assertThat(detectors()).isEmpty();
        assertThatThrownBy(() -> bench.call(call -> bench.api.deleteAnomalyDetector(
                        new DeleteAnomalyDetectorInput().singleMetricAnomalyDetector(single), call)))
                .hasMessageContaining("no such anomaly detector");
    }

    @Test
    void badBandsAreRefused() {
        refused(alarm("GreaterThanUpperThreshold").thresholdMetricId(null), "ThresholdMetricId must be set");
        refused(alarm("GreaterThanThreshold").threshold(1.0), "ThresholdMetricId cannot be used");
        refused(alarm("GreaterThanUpperThreshold").threshold(1.0), "Threshold should not be set");
        refused(
                alarm("GreaterThanUpperThreshold").thresholdMetricId("m1"),
                "must be the id of an ANOMALY_DETECTION_BAND");
        var queries = List.of(metric(), band().expression("ANOMALY_DETECTION_BAND(m1, m1)"));
        refused(alarm("GreaterThanUpperThreshold").metrics(queries), "takes the id of a metric and a positive number");
    }

    private void refused(PutMetricAlarmInput in, String message) {
        assertThatThrownBy(() -> put(in)).hasMessageContaining(message);
    }
}
