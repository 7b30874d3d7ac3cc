package belfry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.api.cloudwatch.Datapoint;
import belfry.api.cloudwatch.Dimension;
import belfry.api.cloudwatch.DimensionFilter;
import belfry.api.cloudwatch.GetMetricDataInput;
import belfry.api.cloudwatch.GetMetricStatisticsInput;
import belfry.api.cloudwatch.LabelOptions;
import belfry.api.cloudwatch.ListMetricsInput;
import belfry.api.cloudwatch.ListMetricsOutput;
import belfry.api.cloudwatch.Metric;
import belfry.api.cloudwatch.MetricDataQuery;
import belfry.api.cloudwatch.MetricDatum;
import belfry.api.cloudwatch.MetricStat;
import belfry.api.cloudwatch.PutMetricDataInput;
import belfry.api.cloudwatch.StatisticSet;
import belfry.wire.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    private void put(MetricDatum... data) {
        var unused = bench.call(call -> bench.api.putMetricData(
                new PutMetricDataInput().namespace("Shop").metricData(List.of(data)), call));
    }

    private static MetricDatum datum(double value) {
        return new MetricDatum().metricName("Orders").value(value);
    }

    private List<Datapoint> statistics(Instant from, Instant to, int period, String... names) {
        return bench.call(call -> bench.api.getMetricStatistics(
                        new GetMetricStatisticsInput()
                                .namespace("Shop")
                                .metricName("Orders")
                                .startTime(from)
                                .endTime(to)
                                .period(period)
                                .statistics(List.of(names)),
                        call))
                .datapoints();
    }

    private ListMetricsOutput list(ListMetricsInput in) {
        return bench.call(call -> bench.api.listMetrics(in, call));
    }

    private void refused(String code, String message, MetricDatum datum) {
        assertThatThrownBy(() -> put(datum))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessage(message);
    }

    @Test
    void samplesOfOneMinuteAddUpToOneDatapoint() {
        put(datum(1), datum(5), datum(3).timestamp(Bench.START.plusSeconds(59)));
        put(datum(7).timestamp(Bench.START.plusSeconds(60)));
        List<Datapoint> points = statistics(
                Bench.START, Bench.START.plusSeconds(120), 60, "SampleCount", "Sum", "Average", "Minimum", "Maximum");
        assertThat(points).hasSize(2);
        Datapoint first = points.getFirst();
        assertThat(first.timestamp()).isEqualTo(Bench.START);
        assertThat(first.sampleCount()).isEqualTo(3);
        assertThat(first.sum()).isEqualTo(9);
        assertThat(first.average()).isEqualTo(3);
        assertThat(first.minimum()).isEqualTo(1);
        assertThat(first.maximum()).isEqualTo(5);
        assertThat(first.unit()).isEqualTo("None");
        assertThat(points.getLast().sum()).isEqualTo(7);
    }

    @Test
    void valuesWithCountsAndStatisticSetsAreSamplesToo() {
        put(new MetricDatum().metricName("Orders").values(List.of(2.0, 4.0)).counts(List.of(3.0, 1.0)));
        put(new MetricDatum()
                .metricName("Orders")
                .statisticValues(new StatisticSet()
                        .sampleCount(6.0)
                        .sum(30.0)
                        .minimum(1.0)
                        .maximum(9.0)));
        Datapoint point = statistics(
                        Bench.START, Bench.START.plusSeconds(60), 60, "SampleCount", "Sum", "Minimum", "Maximum")
                .getFirst();
        assertThat(point.sampleCount()).isEqualTo(10);
        assertThat(point.sum()).isEqualTo(40);
        assertThat(point.minimum()).isEqualTo(1);
        assertThat(point.maximum()).isEqualTo(9);
    }

    @Test
    void percentilesComeFromTheSamplesDistribution() {
        List<MetricDatum> data = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            data.add(datum(i));
        }
        put(data.toArray(MetricDatum[]::new));
        Datapoint point = bench.call(call -> bench.api.getMetricStatistics(
                        new GetMetricStatisticsInput()
                                .namespace("Shop")
                                .metricName("Orders")
                                .startTime(Bench.START)
                                .endTime(Bench.START.plusSeconds(60))
                                .period(60)
                                .extendedStatistics(List.of("p90")),
                        call))
                .datapoints()
                .getFirst();
        assertThat(point.extendedStatistics().get("p90")).isBetween(88.0, 92.0);
    }

    @Test
    void unitsAreToldApart() {
        put(datum(1).unit("Seconds"), datum(2).unit("Count"));
        assertThat(statistics(Bench.START, Bench.START.plusSeconds(60), 60, "Sum"))
                .extracting(Datapoint::unit)
                .containsExactlyInAnyOrder("Seconds", "Count");
    }

    @Test
    void secondsAreKeptForHighResolutionOnly() {
        put(datum(1), datum(2).storageResolution(1).timestamp(Bench.START.plusSeconds(13)));
        List<Datapoint> points = statistics(Bench.START, Bench.START.plusSeconds(60), 10, "Sum");
        assertThat(points).hasSize(1);
        assertThat(points.getFirst().timestamp()).isEqualTo(Bench.START.plusSeconds(10));
        assertThat(statistics(Bench.START, Bench.START.plusSeconds(60), 60, "Sum")
                        .getFirst()
                        .sum())
                .isEqualTo(3);
    }

    @Test
    void badDataAreRefusedInAwsWords() {
        String name = "MetricData.member.1";
        refused(
                "InvalidParameterCombinationException",
                "The parameters " + name + ".Value and " + name
                        + ".Values are mutually exclusive and you have specified both.",
                datum(1).values(List.of(1.0)));
        refused(
                "InvalidParameterValueException",
                "The parameters " + name + ".Values and " + name + ".Counts must be of the same size.",
                new MetricDatum().metricName("Orders").values(List.of(1.0)).counts(List.of(1.0, 2.0)));
        refused(
                "InvalidParameterValueException",
                "The value NaN for parameter " + name + ".Value is invalid.",
                datum(Double.NaN));
        refused(
                "InvalidParameterValueException",
                "The parameter " + name + ".Timestamp must specify a time within the past two weeks.",
                datum(1).timestamp(Bench.START.minus(Duration.ofDays(14)).minusMillis(1)));
        refused(
                "InvalidParameterValueException",
                "The parameter " + name + ".Timestamp must specify a time no more than two hours in the future.",
                datum(1).timestamp(Bench.START.plus(Duration.ofHours(2)).plusMillis(1)));
        refused(
                "MissingRequiredParameterException",
                "At least one of the parameters " + name + ".Value, " + name + ".Values, " + name
                        + ".StatisticValues must be specified.",
                new MetricDatum().metricName("Orders"));
    }

    @Test
    void aBatchIsTakenWholeOrNotAtAll() {
        assertThatThrownBy(() -> put(datum(1), datum(Double.POSITIVE_INFINITY))).isInstanceOf(ServiceException.class);
        assertThat(statistics(Bench.START, Bench.START.plusSeconds(60), 60, "Sum"))
                .isEmpty();
        assertThatThrownBy(() -> put(Collections.nCopies(1_001, datum(1)).toArray(MetricDatum[]::new)))
                .hasMessage("The collection MetricData must not have a size greater than 1000.");
    }

    @Test
    void tooManyDatapointsAreRefused() {
        assertThatThrownBy(() -> statistics(Bench.START, Bench.START.plus(Duration.ofDays(60)), 60, "Sum"))
                .hasMessage("You have requested up to 86400 datapoints, which exceeds the limit of 1440. You may reduce"
                        + " the datapoints requested by increasing Period, or decreasing the time range.");
        assertThatThrownBy(() -> statistics(Bench.START, Bench.START, 60, "Sum"))
                .hasMessage("The parameter StartTime must be less than the parameter EndTime.");
    }

    @Test
    void metricsAreListedAtOnceByDimensionsAndInPages() {
        List<MetricDatum> data = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            data.add(new MetricDatum()
                    .metricName("Visits")
                    .value(1.0)
                    .dimensions(List.of(
                            new Dimension().name("shop").value("s" + i),
                            new Dimension().name("even").value(String.valueOf(i % 2 == 0)))));
        }
        put(data.toArray(MetricDatum[]::new));
        put(datum(1));
        ListMetricsOutput first = list(new ListMetricsInput());
        assertThat(first.metrics()).hasSize(500);
        ListMetricsOutput second = list(new ListMetricsInput().nextToken(first.nextToken()));
        assertThat(second.metrics()).hasSize(101);
        assertThat(second.nextToken()).isNull();
        DimensionFilter even = new DimensionFilter().name("even").value("true");
        assertThat(list(new ListMetricsInput().dimensions(List.of(even))).metrics())
                .hasSize(300);
        assertThat(list(new ListMetricsInput().namespace("Other")).metrics()).isEmpty();
        assertThatThrownBy(() -> list(new ListMetricsInput().nextToken("nonsense")))
                .isInstanceOf(ServiceException.class);
    }

    @Test
    void quietMetricsLeaveTheListFirstOfTheActiveThenOfAll() {
        put(datum(1));
        bench.advance(Duration.ofHours(4));
        assertThat(list(new ListMetricsInput().recentlyActive("PT3H")).metrics())
                .isEmpty();
        assertThat(list(new ListMetricsInput()).metrics()).hasSize(1);
        bench.advance(Duration.ofDays(14));
        assertThat(list(new ListMetricsInput()).metrics()).isEmpty();
    }

    @Test
    void oldDatapointsGetCoarserAndAreDroppedAtLast() {
        Instant at = Bench.START.plusSeconds(120);
        put(datum(1).timestamp(Bench.START), datum(4).timestamp(at).storageResolution(1));
        bench.advance(Duration.ofHours(5));
        assertThat(statistics(Bench.START, Bench.START.plusSeconds(300), 1, "Sum"))
                .isEmpty();
        bench.advance(Duration.ofDays(16));
        assertThat(statistics(Bench.START, Bench.START.plusSeconds(300), 60, "Sum"))
                .isEmpty();
        assertThat(statistics(Bench.START, Bench.START.plusSeconds(300), 300, "Sum")
                        .getFirst()
                        .sum())
                .isEqualTo(5);
        bench.advance(Duration.ofDays(60));
        assertThat(statistics(Bench.START, Bench.START.plusSeconds(3600), 300, "Sum"))
                .isEmpty();
        assertThat(statistics(Bench.START, Bench.START.plusSeconds(3600), 3600, "Sum")
                        .getFirst()
                        .sum())
                .isEqualTo(5);
        bench.advance(Duration.ofDays(400));
        assertThat(statistics(Bench.START, Bench.START.plusSeconds(3600), 3600, "Sum"))
                .isEmpty();
    }

    @Test
    void metricDataComesNewestFirstInPages() {
        put(
                datum(1),
                datum(2).timestamp(Bench.START.plusSeconds(60)),
                datum(3).timestamp(Bench.START.plusSeconds(120)));
        GetMetricDataInput in = new GetMetricDataInput()
                .startTime(Bench.START)
                .endTime(Bench.START.plusSeconds(180))
                .maxDatapoints(2)
                .metricDataQueries(List.of(new MetricDataQuery()
                        .id("orders")
                        .metricStat(new MetricStat()
                                .metric(new Metric().namespace("Shop").metricName("Orders"))
                                .period(60)
                                .stat("Sum"))));
        var first = bench.call(call -> bench.api.getMetricData(in, call));
        assertThat(first.metricDataResults().getFirst().values()).containsExactly(3.0, 2.0);
        assertThat(first.metricDataResults().getFirst().label()).isEqualTo("Orders");
        assertThat(first.metricDataResults().getFirst().statusCode()).isEqualTo("PartialData");
        var second = bench.call(call -> bench.api.getMetricData(in.nextToken(first.nextToken()), call));
        assertThat(second.metricDataResults().getFirst().values()).containsExactly(1.0);
        assertThat(second.metricDataResults().getFirst().timestamps()).containsExactly(Bench.START);
        assertThat(second.metricDataResults().getFirst().statusCode()).isEqualTo("Complete");
        assertThat(second.nextToken()).isNull();
    }

    private static MetricDataQuery stat(String id, String statistic) {
        return new MetricDataQuery()
                .id(id)
                .returnData(false)
                .metricStat(new MetricStat()
                        .metric(new Metric().namespace("Shop").metricName("Orders"))
                        .period(60)
                        .stat(statistic));
    }

    @Test
    void expressionsAreEvaluatedOverTheRequestsMetrics() {
        put(datum(1), datum(3), datum(8).timestamp(Bench.START.plusSeconds(120)));
        GetMetricDataInput in = new GetMetricDataInput()
                .startTime(Bench.START)
                .endTime(Bench.START.plusSeconds(180))
                .scanBy("TimestampAscending")
                .metricDataQueries(List.of(
                        stat("sum", "Sum"),
                        stat("n", "SampleCount"),
                        new MetricDataQuery().id("mean").expression("FILL(sum / n, 0)"),
                        new MetricDataQuery().id("all").expression("METRICS()")));
        var results = bench.call(call -> bench.api.getMetricData(in, call)).metricDataResults();
        assertThat(results).extracting(result -> result.id()).containsExactly("mean", "all", "all");
        assertThat(results.getFirst().values()).containsExactly(2.0, 0.0, 8.0);
        assertThat(results.get(1).label()).isEqualTo("Orders");
    }

    @Test
    void labelsTellWhatTheSeriesAmountsTo() {
        put(
                datum(1),
                datum(3).timestamp(Bench.START.plusSeconds(60)),
                datum(8).timestamp(Bench.START.plusSeconds(120)));
        GetMetricDataInput in = new GetMetricDataInput()
                .startTime(Bench.START)
                .endTime(Bench.START.plusSeconds(180))
                .labelOptions(new LabelOptions().timezone("+0130"))
                .metricDataQueries(List.of(
                        stat("m", "Sum")
                                .returnData(true)
                                .label("${PROP('Namespace')}/${LABEL}: ${AVG} of ${SUM}, most ${MAX} at ${MAX_TIME}"),
                        new MetricDataQuery().id("none").expression("m / 0").label("${LAST} ${DATAPOINT_COUNT}")));
        var results = bench.call(call -> bench.api.getMetricData(in, call)).metricDataResults();
        assertThat(results.getFirst().label()).isEqualTo("Shop/Orders: 4 of 12, most 8 at 2026-03-02 11:32:00 +01:30");
        assertThat(results.getLast().label()).isEqualTo("-- 0");
        GetMetricDataInput unknown = new GetMetricDataInput()
                .startTime(Bench.START)
                .endTime(Bench.START.plusSeconds(180))
                .metricDataQueries(List.of(stat("m", "Sum").label("${MEDIAN}")));
        assertThatThrownBy(() -> bench.call(call -> bench.api.getMetricData(unknown, call)))
                .hasMessageContaining("${MEDIAN}");
    }

    @Test
    void anExpressionThatCannotBeEvaluatedIsRefused() {
        for (String expression : List.of("1 +", "none * 2", "SEARCH('(', 'Sum')", "SELECT MAX(x) FROM y", "5")) {
            GetMetricDataInput in = new GetMetricDataInput()
                    .startTime(Bench.START)
                    .endTime(Bench.START.plusSeconds(180))
                    .metricDataQueries(List.of(
                            stat("m", "Sum"), new MetricDataQuery().id("e").expression(expression)));
            assertThatThrownBy(() -> bench.call(call -> bench.api.getMetricData(in, call)))
                    .as(expression)
                    .isInstanceOf(ServiceException.class)
                    .hasMessageContaining("'e'");
        }
    }
}
