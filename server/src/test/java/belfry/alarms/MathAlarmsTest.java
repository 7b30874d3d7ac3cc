package belfry.alarms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.api.cloudwatch.DescribeAlarmsForMetricInput;
import belfry.api.cloudwatch.DescribeAlarmsInput;
import belfry.api.cloudwatch.Dimension;
import belfry.api.cloudwatch.Metric;
import belfry.api.cloudwatch.MetricAlarm;
import belfry.api.cloudwatch.MetricDataQuery;
import belfry.api.cloudwatch.MetricStat;
import belfry.api.cloudwatch.PutMetricAlarmInput;
import belfry.base.Json;
import belfry.engine.metric.Aggregate;
import belfry.metrics.Bench;
import belfry.metrics.MetricRef;
import belfry.metrics.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Alarms on metric math, over the operations and with a clock that is moved. */
class MathAlarmsTest {
    private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:topic";
    private static final Instant T = Bench.START;

    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    private static MetricDataQuery metric(String id, String name) {
        return new MetricDataQuery()
                .id(id)
                .returnData(false)
                .metricStat(new MetricStat()
                        .metric(new Metric()
                                .namespace("N")
                                .metricName(name)
                                .dimensions(
                                        List.of(new Dimension().name("Service").value("vault"))))
                        .period(60)
                        .stat("Sum"));
    }

    private static MetricDataQuery expression(String text) {
        return new MetricDataQuery().id("e1").label("Rate").expression(text);
    }

    private static PutMetricAlarmInput alarm(MetricDataQuery... queries) {
        return new PutMetricAlarmInput()
                .alarmName("math")
                .metrics(List.of(queries))
                .evaluationPeriods(1)
                .threshold(3.0)
                .comparisonOperator("GreaterThanOrEqualToThreshold")
                .treatMissingData("notBreaching")
                .alarmActions(List.of(TOPIC));
    }

    private void put(PutMetricAlarmInput in) {
        var unused = bench.call(call -> bench.api.putMetricAlarm(in, call));
    }

    private MetricAlarm shown() {
        return bench.call(call -> bench.api.describeAlarms(new DescribeAlarmsInput().alarmNames(List.of("math")), call))
                .metricAlarms()
                .getFirst();
    }

    private void count(String name, double value) {
        MetricRef metric = MetricRef.of(
                Bench.ACCOUNT,
                Bench.REGION,
                "N",
                name,
                List.of(new Dimension().name("Service").value("vault")));
        bench.count(new Sample(metric, "None", false, bench.clock.now(), Aggregate.of(value), true));
    }

    @Test
    void itIsShownAsPut() {
        put(alarm(expression("SUM(METRICS())"), metric("m1", "Denied"), metric("m2", "Failed")));
        MetricAlarm shown = shown();
        assertThat(shown.metricName()).isNull();
        assertThat(shown.statistic()).isNull();
        assertThat(shown.period()).isNull();
        assertThat(shown.metrics()).hasSize(3);
        assertThat(shown.metrics().getFirst().expression()).isEqualTo("SUM(METRICS())");
        assertThat(shown.metrics().getFirst().returnData()).isTrue();
        assertThat(shown.metrics().getLast().metricStat().metric().dimensions()).hasSize(1);
        assertThat(bench.call(call -> bench.api.describeAlarmsForMetric(
                                new DescribeAlarmsForMetricInput()
                                        .namespace("N")
                                        .metricName("Denied")
                                        .dimensions(List.of(
                                                new Dimension().name("Service").value("vault"))),
                                call))
                        .metricAlarms())
                .as("only alarms on the metric itself, as AWS answers")
                .isEmpty();
    }

    @Test
    void aSumOfCountsFiresBeforeItsPeriodEndsAndReturnsToOk() {
        put(alarm(expression("SUM(METRICS())"), metric("m1", "Denied"), metric("m2", "Failed")));
        bench.advance(Duration.ofSeconds(10));
        count("Denied", 1);
        assertThat(shown().stateValue()).isEqualTo("OK");
        count("Failed", 2);
        MetricAlarm shown = shown();
        assertThat(shown.stateValue()).isEqualTo("ALARM");
        assertThat(shown.stateUpdatedTimestamp()).isEqualTo(T.plusSeconds(10));
        assertThat(shown.stateReason())
                .isEqualTo("Threshold Crossed: 1 datapoint [3.0 (02/03/26 10:00:00)] was greater than or equal to the"
                        + " threshold (3.0).");
        assertThat(Json.parse(shown.stateReasonData()).toString())
                .isEqualTo("{\"version\":\"1.0\",\"queryDate\":\"2026-03-02T10:00:10.000+0000\",\"startDate\":"
                        + "\"2026-03-02T10:00:00.000+0000\",\"period\":60,\"recentDatapoints\":[3.0],\"threshold\":3.0,"
                        + "\"evaluatedDatapoints\":[{\"timestamp\":\"2026-03-02T10:00:00.000+0000\",\"value\":3.0}]}");
        bench.advance(Duration.ofMinutes(10));
        assertThat(shown().stateValue()).isEqualTo("OK");
        assertThat(waiting()).as("it sleeps until data come").isZero();
    }

    @Test
    void aRatioWaitsForThePeriodsEnd() {
        put(alarm(expression("100 * m1 / m2"), metric("m1", "Denied"), metric("m2", "All")));
        bench.advance(Duration.ofSeconds(10));
        count("Denied", 1);
        count("All", 1);
        assertThat(shown().stateValue())
                .as("100 % so far, and more calls may come")
                .isEqualTo("OK");
        count("All", 99);
        bench.advance(Duration.ofSeconds(50));
        assertThat(shown().stateValue()).isEqualTo("OK");
        count("Denied", 1);
        count("All", 1);
        bench.advance(Duration.ofSeconds(60));
        assertThat(shown().stateValue()).isEqualTo("ALARM");
    }

    @Test
    void fillGivesValuesWithoutDataAndTheAlarmSleepsAllTheSame() {
        put(alarm(expression("FILL(m1, 5)"), metric("m1", "Denied")));
        assertThat(shown().stateValue()).isEqualTo("ALARM");
        assertThat(waiting()).isZero();
        count("Denied", 1);
        bench.advance(Duration.ofMinutes(1));
        assertThat(shown().stateValue()).isEqualTo("OK");
        bench.advance(Duration.ofMinutes(10));
        assertThat(shown().stateValue()).isEqualTo("ALARM");
    }

    @Test
    void expressionsOnTheTimeOfDayAreLookedAtEachMinute() {
        put(alarm(expression("IF(HOUR(FILL(m1, 0)) == 11, 9, 0)"), metric("m1", "Denied")));
        assertThat(shown().stateValue()).isEqualTo("OK");
        bench.advance(Duration.ofMinutes(62));
        assertThat(shown().stateValue()).isEqualTo("ALARM");
    }

    private long waiting() {
        return bench.read(tx -> tx.count("SELECT COUNT(*) FROM alarm WHERE due IS NOT NULL"));
    }

    @Test
    void whatIsSentTellsTheExpression() {
        put(alarm(expression("SUM(METRICS())"), metric("m1", "Denied"), metric("m2", "Failed")));
        count("Denied", 4);
        assertThat(shown().stateValue())
                .as("nothing is known of Failed: its first sample might be below zero")
                .isEqualTo("OK");
        count("Failed", 1);
        AlarmAction action = bench.read(tx -> AlarmActions.pending(tx, 0, 10)).getFirst();
        var trigger = Json.parse(action.message().json()).path("Trigger");
        assertThat(trigger.toString())
                .isEqualTo("{\"Period\":60,\"EvaluationPeriods\":1,\"ComparisonOperator\":"
                        + "\"GreaterThanOrEqualToThreshold\",\"Threshold\":3.0,\"TreatMissingData\":\"notBreaching\","
                        + "\"EvaluateLowSampleCountPercentile\":\"\",\"Metrics\":[{\"Expression\":\"SUM(METRICS())\","
                        + "\"Id\":\"e1\",\"Label\":\"Rate\",\"ReturnData\":true},{\"Id\":\"m1\",\"MetricStat\":"
                        + "{\"Metric\":{\"Dimensions\":[{\"value\":\"vault\",\"name\":\"Service\"}],\"MetricName\":"
                        + "\"Denied\",\"Namespace\":\"N\"},\"Period\":60,\"Stat\":\"Sum\"},\"ReturnData\":false},"
                        + "{\"Id\":\"m2\",\"MetricStat\":{\"Metric\":{\"Dimensions\":[{\"value\":\"vault\",\"name\":"
                        + "\"Service\"}],\"MetricName\":\"Failed\",\"Namespace\":\"N\"},\"Period\":60,\"Stat\":"
                        + "\"Sum\"},\"ReturnData\":false}]}");
        assertThat(action.message().email())
                .contains("when the expression is GreaterThanOrEqualToThreshold 3.0 for at least 1 of the last 1")
                .contains("- MetricExpression:                    SUM(METRICS())\n")
                .contains("- MetricName:                          Failed\n");
    }

    @Test
    void badListsAreRefused() {
        MetricDataQuery m1 = metric("m1", "Denied");
        refused(alarm(expression("m1 + m9"), m1), "m9");
        refused(alarm(expression("m1 +"), m1), "Error in expression 'e1'");
        refused(alarm(expression("SUM(m1)"), m1), "returns a number");
        refused(alarm(expression("METRICS()"), m1), "several time series");
        refused(alarm(expression("SUM(SEARCH('{N} x', 'Sum', 60))"), m1), "SEARCH is not supported on Metric Alarms.");
        refused(alarm(m1), "Exactly one element of the metrics list should return data.");
        refused(alarm(expression("m1"), m1, m1), "not unique");
        MetricDataQuery hourly = metric("m2", "Failed");
        hourly.metricStat().period(3600);
        refused(alarm(expression("m1 + m2"), m1, hourly), "the same Period");
        refused(alarm(expression("m1"), m1).statistic("Sum"), "Statistic should not be set if list of Metrics is set.");
        refused(alarm(expression("m1"), m1.accountId("999999999999")), "AccountId");
    }

    private void refused(PutMetricAlarmInput in, String message) {
        assertThatThrownBy(() -> put(in)).hasMessageContaining(message);
    }
}
