package belfry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.DimensionFilter;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.InvalidNextTokenException;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.RecentlyActive;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.cloudwatch.model.StatisticSet;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/** What AWS's pages say of how much, how far back and of which form, over HTTP with the AWS SDK's client. */
class MetricLimitsSdkTest {
    private static final Instant START = TestServer.START;
    private static final String MEMBER = "MetricData.member.1";

    private final TestServer server = TestServer.start();
    private final CloudWatchClient cloudWatch = server.client(CloudWatchClient.builder());

    @AfterEach
    void close() {
        server.close();
    }

    private static MetricDatum datum(UnaryOperator<MetricDatum.Builder> with) {
        return with.apply(MetricDatum.builder().metricName("Orders")).build();
    }

    private void put(List<MetricDatum> data) {
        var unused = cloudWatch.putMetricData(in -> in.namespace("Shop").metricData(data));
        server.settle();
    }

    private void put(UnaryOperator<MetricDatum.Builder> with) {
        put(List.of(datum(with)));
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(CloudWatchException.class, e -> {
            assertThat(e.statusCode()).isEqualTo(400);
            assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(message);
        });
    }

    private void refused(UnaryOperator<MetricDatum.Builder> with, String message) {
        refused(() -> put(with), message);
        assertThat(cloudWatch.listMetrics().metrics()).as("nothing was taken").isEmpty();
    }

    // PutMetricData

    @Test
    void aDatumHasAtMost150ValuesAndARequest1000Data() {
        List<Double> values = new ArrayList<>(Collections.nCopies(150, 1.0));
        put(datum -> datum.values(values));
        assertThat(sum(START, 60, null)).containsExactly(150.0);
        values.add(1.0);
        refused(
                () -> put(datum -> datum.values(values)),
                "The collection " + MEMBER + ".Values must not have a size greater than 150.");
        refused(
                () -> put(Collections.nCopies(1001, datum(datum -> datum.value(1.0)))),
                "The collection MetricData must not have a size greater than 1000.");
    }

    @Test
    void valuesAreFiniteAndOfMeasure() {
        double most = Math.pow(2, 360);
        put(datum -> datum.values(most, -most));
        assertThat(sum(START, 60, null)).containsExactly(0.0);
        for (double value : List.of(Double.NaN, Double.POSITIVE_INFINITY, Math.nextUp(most), -Math.nextUp(most))) {
            refused(
                    () -> put(datum -> datum.value(value)),
                    "The value " + value + " for parameter " + MEMBER + ".Value is invalid.");
        }
    }

    @Test
    void dataLieWithinTwoWeeksAndTwoHours() {
        put(datum -> datum.value(1.0).timestamp(START.minus(Duration.ofDays(14))));
        put(datum -> datum.value(2.0).timestamp(START.plus(Duration.ofHours(2))));
        assertThat(sum(START.minus(Duration.ofDays(14)), 60, null)).containsExactly(1.0);
        assertThat(sum(START.plus(Duration.ofHours(2)), 60, null)).containsExactly(2.0);
        refused(
                () -> put(datum -> datum.value(1.0)
                        .timestamp(START.minus(Duration.ofDays(14)).minusSeconds(1))),
                "The parameter " + MEMBER + ".Timestamp must specify a time within the past two weeks.");
        refused(
                () -> put(datum -> datum.value(1.0)
                        .timestamp(START.plus(Duration.ofHours(2)).plusSeconds(1))),
                "The parameter " + MEMBER + ".Timestamp must specify a time no more than two hours in the future.");
    }

    @Test
    void aSetOfStatisticsMustHoldTogether() {
        StatisticSet set = StatisticSet.builder()
                .sampleCount(2.0)
                .sum(5.0)
                .minimum(2.0)
                .maximum(3.0)
                .build();
        refused(
                datum -> datum.statisticValues(set.toBuilder().sampleCount(0.0).build()),
                "The parameter " + MEMBER + ".StatisticValues.SampleCount must not equal 0.");
        refused(
                datum -> datum.statisticValues(set.toBuilder().maximum(1.0).build()),
                "The parameter " + MEMBER + ".StatisticValues.Maximum must be greater than " + MEMBER
                        + ".StatisticValues.Minimum.");
        refused(
                datum -> datum.statisticValues(set).value(1.0),
                "The parameters " + MEMBER + ".Value and " + MEMBER
                        + ".StatisticValues are mutually exclusive and you have specified both.");
        put(datum -> datum.statisticValues(set));
        assertThat(sum(START, 60, null)).containsExactly(5.0);
    }

    @Test
    void namesAreAsciiAndTheNamespacesOfAwsAreItsOwn() {
        refused(
                datum -> datum.metricName("Bestellungen\u00fc").value(1.0),
                "The value Bestellungen\u00fc for parameter " + MEMBER + ".MetricName is invalid.");
        refused(
                datum -> datum.value(1.0)
                        .dimensions(Dimension.builder().name("Host").value("  ").build()),
                "The value    for parameter " + MEMBER + ".Dimensions.member.1.Value is invalid.");
        refused(
                datum -> datum.value(1.0)
                        .dimensions(Dimension.builder().name(":Host").value("a").build()),
                "The value :Host for parameter " + MEMBER + ".Dimensions is invalid.");
        refused(
                datum -> datum.value(1.0).storageResolution(30),
                "The parameter " + MEMBER + ".StorageResolution must be 1 or 60.");
        refused(
                () -> cloudWatch.putMetricData(in -> in.namespace("AWS/EC2").metricData(datum(d -> d.value(1.0)))),
                "The value AWS/EC2 for parameter Namespace is invalid.");
    }

    // GetMetricStatistics

    private List<Double> sum(Instant from, int period, @Nullable StandardUnit unit) {
        return cloudWatch
                .getMetricStatistics(in -> in.namespace("Shop")
                        .metricName("Orders")
                        .startTime(from)
                        .endTime(from.plusSeconds(period))
                        .period(period)
                        .unit(unit)
                        .statistics(Statistic.SUM))
                .datapoints()
                .stream()
                .map(Datapoint::sum)
                .toList();
    }

    @Test
    void statisticsHaveAtMost1440Datapoints() {
        UnaryOperator<Integer> datapoints = minutes -> cloudWatch
                .getMetricStatistics(in -> in.namespace("Shop")
                        .metricName("Orders")
                        .startTime(START.minus(Duration.ofMinutes(minutes)))
                        .endTime(START)
                        .period(60)
                        .statistics(Statistic.SUM))
                .datapoints()
                .size();
        assertThat(datapoints.apply(1440)).isZero();
        refused(
                () -> datapoints.apply(1441),
                "You have requested up to 1441 datapoints, which exceeds the limit of 1440. You may reduce the"
                        + " datapoints requested by increasing Period, or decreasing the time range.");
        refused(() -> sum(START, 90, null), "The parameter Period must be 1, 5, 10, 20, 30, or a multiple of 60.");
    }

    @Test
    void olderDataTakeLongerPeriods() {
        put(datum -> datum.value(4.0).storageResolution(1));
        assertThat(sum(START, 1, null)).containsExactly(4.0);
        server.advance(Duration.ofHours(5));
        assertThat(sum(START, 1, null)).as("seconds are kept for 3 hours").isEmpty();
        assertThat(sum(START, 60, null)).containsExactly(4.0);
        server.advance(Duration.ofDays(16));
        assertThat(sum(START, 60, null)).as("minutes for 15 days").isEmpty();
        assertThat(sum(START, 300, null)).containsExactly(4.0);
        server.advance(Duration.ofDays(50));
        assertThat(sum(START, 300, null)).as("five minutes for 63 days").isEmpty();
        assertThat(sum(START, 3600, null)).containsExactly(4.0);
    }

    @Test
    void aUnitFindsItsOwnDataOnly() {
        put(datum -> datum.value(1.0).unit(StandardUnit.SECONDS));
        put(datum -> datum.value(2.0).unit(StandardUnit.COUNT));
        assertThat(sum(START, 60, StandardUnit.SECONDS)).containsExactly(1.0);
        assertThat(sum(START, 60, StandardUnit.BYTES)).isEmpty();
        assertThat(sum(START, 60, null)).containsExactlyInAnyOrder(1.0, 2.0);
        assertThat(get(List.of(stat("m", StandardUnit.COUNT)), in -> in)
                        .metricDataResults()
                        .getFirst()
                        .values())
                .containsExactly(2.0);
        assertThat(get(List.of(stat("m", null)), in -> in)
                        .metricDataResults()
                        .getFirst()
                        .values())
                .containsExactly(3.0);
    }

    // GetMetricData

    private static MetricDataQuery stat(String id, @Nullable StandardUnit unit) {
        return MetricDataQuery.builder()
                .id(id)
                .metricStat(stat -> stat.metric(Metric.builder()
                                .namespace("Shop")
                                .metricName("Orders")
                                .build())
                        .period(60)
                        .stat("Sum")
                        .unit(unit))
                .build();
    }

    private static MetricDataQuery ones(int number) {
        return MetricDataQuery.builder()
                .id("e" + number)
                .expression("TIME_SERIES(1)")
                .build();
    }

    private GetMetricDataResponse get(List<MetricDataQuery> queries, UnaryOperator<GetMetricDataRequest.Builder> with) {
        GetMetricDataRequest.Builder in = GetMetricDataRequest.builder()
                .startTime(START)
                .endTime(START.plus(Duration.ofDays(1)))
                .metricDataQueries(queries);
        return cloudWatch.getMetricData(with.apply(in).build());
    }

    @Test
    void aPageHasAtMost100800Datapoints() {
        List<MetricDataQuery> queries =
                IntStream.range(0, 71).mapToObj(MetricLimitsSdkTest::ones).toList();
        GetMetricDataResponse first = get(queries, in -> in);
        assertThat(datapoints(first)).isEqualTo(100_800);
        assertThat(first.metricDataResults()).hasSize(70);
        GetMetricDataResponse second = get(queries, in -> in.nextToken(first.nextToken()));
        assertThat(datapoints(second)).isEqualTo(71 * 1440 - 100_800);
        assertThat(second.nextToken()).isNull();
        assertThat(cloudWatch
                        .getMetricDataPaginator(in -> in.startTime(START)
                                .endTime(START.plus(Duration.ofDays(1)))
                                .metricDataQueries(queries))
                        .stream()
                        .mapToInt(MetricLimitsSdkTest::datapoints)
                        .sum())
                .isEqualTo(71 * 1440);
    }

    private static int datapoints(GetMetricDataResponse page) {
        return page.metricDataResults().stream()
                .mapToInt(result -> result.values().size())
                .sum();
    }

    @Test
    void pagesGoFromEitherEndAndSayWhatIsPartial() {
        for (int minute = 0; minute < 5; minute++) {
            Instant at = START.plusSeconds(60L * minute);
            double value = minute;
            put(datum -> datum.value(value).timestamp(at));
        }
        for (ScanBy scan : List.of(ScanBy.TIMESTAMP_ASCENDING, ScanBy.TIMESTAMP_DESCENDING)) {
            GetMetricDataResponse first =
                    get(List.of(stat("m", null)), in -> in.scanBy(scan).maxDatapoints(3));
            MetricDataResult part = first.metricDataResults().getFirst();
            assertThat(part.statusCode()).isEqualTo(StatusCode.PARTIAL_DATA);
            boolean ascending = scan == ScanBy.TIMESTAMP_ASCENDING;
            assertThat(part.values()).isEqualTo(ascending ? List.of(0.0, 1.0, 2.0) : List.of(4.0, 3.0, 2.0));
            MetricDataResult rest = get(
                            List.of(stat("m", null)),
                            in -> in.scanBy(scan).maxDatapoints(3).nextToken(first.nextToken()))
                    .metricDataResults()
                    .getFirst();
            assertThat(rest.statusCode()).isEqualTo(StatusCode.COMPLETE);
            assertThat(rest.values()).isEqualTo(ascending ? List.of(3.0, 4.0) : List.of(1.0, 0.0));
        }
        assertThatThrownBy(() -> get(List.of(stat("m", null)), in -> in.nextToken("nonsense")))
                .isInstanceOf(InvalidNextTokenException.class);
    }

    @Test
    void aRequestHasAtMost500Queries() {
        List<MetricDataQuery> queries =
                IntStream.range(0, 501).mapToObj(MetricLimitsSdkTest::ones).toList();
        UnaryOperator<GetMetricDataRequest.Builder> minute = in -> in.endTime(START.plusSeconds(60));
        assertThat(get(queries.subList(0, 500), minute).metricDataResults()).hasSize(500);
        refused(() -> get(queries, minute), "The collection MetricDataQueries must not have a size greater than 500.");
        refused(
                () -> get(List.of(ones(1), ones(1)), minute),
                "The values for parameter id in MetricDataQueries are not unique.");
        refused(
                () -> get(List.of(ones(1)), in -> in.endTime(START)),
                "The parameter StartTime must be less than the parameter EndTime.");
    }

    @Test
    void labelsTellTimesInTheirZoneAndFromNow() {
        put(datum -> datum.value(3.0));
        put(datum -> datum.value(1.0).timestamp(START.plusSeconds(7_200)));
        server.advance(Duration.ofHours(2).plusMinutes(5));
        assertThat(label("${MAX_TIME}", "+0130")).isEqualTo("2026-03-02 11:30:00 +01:30");
        assertThat(label(
                        "${FIRST_TIME_RELATIVE}|${LAST_TIME_RELATIVE}|${MAX_TIME_RELATIVE}|${MIN_TIME_RELATIVE}",
                        "+0000"))
                .isEqualTo("2h 5m|5m|2h 5m|5m");
        assertThat(label("${FIRST_LAST_TIME_RANGE} ${MIN_MAX_TIME_RANGE} ${MIN_MAX_RANGE}", "-0800"))
                .isEqualTo("2h 2h 2");
        assertThat(label("${LABEL} of ${PROP('Namespace')}", "+0000")).isEqualTo("Orders of Shop");
        assertThatThrownBy(() -> label("${LABEL} ${LABEL}", "+0000")).hasMessageContaining("once");
        assertThatThrownBy(() -> label("${MIN}".repeat(7), "+0000")).hasMessageContaining("at most 6");
        assertThatThrownBy(() -> label("${MEDIAN}", "+0000")).hasMessageContaining("${MEDIAN} is not supported");
        for (String zone : List.of("UTC", "+1", "+01:00", "+2500")) {
            assertThatThrownBy(() -> label("x", zone)).hasMessageContaining("for parameter Timezone is invalid");
        }
    }

    private String label(String label, String zone) {
        return get(
                        List.of(stat("m", null).toBuilder().label(label).build()),
                        in -> in.labelOptions(options -> options.timezone(zone)))
                .metricDataResults()
                .getFirst()
                .label();
    }

    // ListMetrics

    @Test
    void metricsAreListed500AtATimeByTheirDimensionsAndActivity() {
        List<MetricDatum> data = IntStream.range(0, 700)
                .mapToObj(i -> datum(datum -> datum.value(1.0)
                        .dimensions(
                                Dimension.builder().name("Host").value("h" + i).build(),
                                Dimension.builder()
                                        .name("Even")
                                        .value(String.valueOf(i % 2 == 0))
                                        .build())))
                .toList();
        put(data);
        assertThat(cloudWatch.listMetrics().metrics()).hasSize(500);
        assertThat(cloudWatch.listMetricsPaginator().metrics().stream().distinct())
                .hasSize(700);
        DimensionFilter even =
                DimensionFilter.builder().name("Even").value("true").build();
        DimensionFilter host = DimensionFilter.builder().name("Host").build();
        assertThat(cloudWatch.listMetrics(in -> in.dimensions(even, host)).metrics())
                .hasSize(350);
        DimensionFilter none = DimensionFilter.builder().name("Zone").build();
        assertThat(cloudWatch.listMetrics(in -> in.dimensions(none)).metrics()).isEmpty();
        assertThat(cloudWatch.listMetrics(in -> in.includeLinkedAccounts(true)).owningAccounts())
                .hasSize(500)
                .containsOnly(TestServer.ACCOUNT);
        server.advance(Duration.ofHours(4));
        assertThat(cloudWatch
                        .listMetrics(in -> in.recentlyActive(RecentlyActive.PT3_H))
                        .metrics())
                .isEmpty();
        assertThat(cloudWatch.listMetrics().metrics()).hasSize(500);
    }
}
