package belfry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/** SEARCH in GetMetricData, over HTTP with the AWS SDK's client (docs/decisions/0706-search.md). */
class SearchSdkTest {
    private static final Instant START = TestServer.START;

    private final TestServer server = TestServer.start();
    private final CloudWatchClient cloudWatch = server.client(CloudWatchClient.builder());

    @BeforeEach
    void data() {
        put("Shop", datum("OrderErrors", 2, "Host", "web-1"), datum("OrderErrors", 3, "Host", "web-2"));
        put("Shop", datum("OrdersTaken", 40, "Host", "web-1"), datum("OrderErrors", 7, "Zone", "eu"));
        put("Other", datum("OrderErrors", 100, "Host", "web-9"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void put(String namespace, MetricDatum... data) {
        var unused = cloudWatch.putMetricData(in -> in.namespace(namespace).metricData(data));
        server.settle();
    }

    private static MetricDatum datum(String name, double value, String dimension, String of) {
        return MetricDatum.builder()
                .metricName(name)
                .value(value)
                .dimensions(Dimension.builder().name(dimension).value(of).build())
                .build();
    }

    private GetMetricDataResponse get(MetricDataQuery... queries) {
        return cloudWatch.getMetricData(in -> in.startTime(START.minus(Duration.ofMinutes(5)))
                .endTime(START.plus(Duration.ofMinutes(5)))
                .metricDataQueries(queries));
    }

    private static MetricDataQuery expression(String id, String expression, @Nullable String label) {
        return MetricDataQuery.builder()
                .id(id)
                .expression(expression)
                .label(label)
                .build();
    }

    private static List<String> shown(List<MetricDataResult> results) {
        return results.stream()
                .map(result -> result.label() + " " + result.values())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "SEARCH('{Shop,Host} MetricName=\"OrderErrors\"', 'Sum', 60) ~ web-1 [2.0]; web-2 [3.0]",
                "SEARCH('{Shop,Host} errors', 'Sum', 60) ~ web-1 [2.0]; web-2 [3.0]",
                "SEARCH('{Shop,Host} Host=\"web-1\"', 'Maximum', 60) ~ OrderErrors [2.0]; OrdersTaken [40.0]",
                "SEARCH('{Shop,Zone} ', 'Sum', 60) ~ OrderErrors [7.0]",
                "SEARCH('\"OrderErrors\" NOT Namespace=\"Other\"', 'Sum', 60) ~ web-1 [2.0]; web-2 [3.0]; eu [7.0]",
                "SEARCH('\"OrderErrors\"', 'Sum', 60) ~ Other web-9 [100.0]; Shop web-1 [2.0]; Shop web-2 [3.0]; Shop eu [7.0]",
                "SUM(SEARCH('{Shop,Host} errors', 'Sum', 60)) ~ e [5.0]",
                "SORT(SEARCH('{Shop,Host} errors', 'Sum', 60), SUM, DESC, 1) ~ web-2 [3.0]",
                "SLICE(SORT(SEARCH('{Shop,Host} errors', 'Sum', 60), SUM, ASC), 1) ~ web-2 [3.0]",
                "FIRST(SORT(SEARCH('{Shop,Host} errors', 'Sum', 60), MAX, ASC)) ~ e [2.0]",
                "SEARCH('{Shop,Host} errors', 'Sum', 60) * 10 ~ web-1 [20.0]; web-2 [30.0]",
                "TIME_SERIES(METRIC_COUNT(SEARCH('Shop', 'Sum', 300))) ~ e [4.0, 4.0]",
                "REMOVE_EMPTY(FILL(SEARCH('{Shop,Host} errors', 'Sum', 300), 0)) ~ web-1 [2.0, 0.0]; web-2 [3.0, 0.0]",
                "SEARCH('{Shop,Nowhere}', 'Sum') ~ ``"
            })
    void oneExpressionGivesSeveralSeries(String expression, String expected) {
        List<MetricDataResult> results = get(expression("e", expression, null)).metricDataResults();
        assertThat(String.join("; ", shown(results))).isEqualTo(expected == null ? "" : expected);
        assertThat(results).allSatisfy(result -> {
            assertThat(result.id()).isEqualTo("e");
            assertThat(result.statusCode()).isEqualTo(StatusCode.COMPLETE);
        });
    }

    @Test
    void labelsStandBeforeEachSeriesOrAreDynamic() {
        String search = "SEARCH('{Shop,Host} errors', 'Sum', 60)";
        assertThat(shown(get(expression("e", search, "Errors of")).metricDataResults()))
                .containsExactly("Errors of web-1 [2.0]", "Errors of web-2 [3.0]");
        assertThat(shown(get(expression("e", search, "")).metricDataResults()))
                .containsExactly("web-1 [2.0]", "web-2 [3.0]");
        assertThat(shown(get(expression(
                                "e",
                                search,
                                "${LABEL}|${PROP('MetricName')}|${PROP('Dim.Host')}|${PROP('Stat')}|${PROP('Period')}|${MAX}"))
                        .metricDataResults()))
                .containsExactly("web-1|OrderErrors|web-1|Sum|60|2 [2.0]", "web-2|OrderErrors|web-2|Sum|60|3 [3.0]");
        // Of two searches that find the same, the labels say the statistic too.
        assertThat(shown(get(
                                expression("a", search, null),
                                expression("b", "SEARCH('{Shop,Host} errors', 'SampleCount', 60)", null))
                        .metricDataResults()))
                .containsExactly(
                        "web-1 Sum [2.0]", "web-2 Sum [3.0]", "web-1 SampleCount [1.0]", "web-2 SampleCount [1.0]");
    }

    @Test
    void theQuerysPeriodComesBeforeTheExpressions() {
        put("Shop", datum("OrderErrors", 1, "Host", "web-1"));
        server.advance(Duration.ofMinutes(1));
        put("Shop", datum("OrderErrors", 4, "Host", "web-1"));
        String search = "SEARCH('{Shop,Host} OrderErrors \"web-1\"', 'Sum', 60)";
        assertThat(get(expression("e", search, null))
                        .metricDataResults()
                        .getFirst()
                        .values())
                .containsExactly(4.0, 3.0);
        MetricDataQuery five =
                expression("e", search, null).toBuilder().period(300).build();
        assertThat(get(five).metricDataResults().getFirst().values()).containsExactly(7.0);
        assertThatThrownBy(() -> get(five, expression("f", search, null)))
                .isInstanceOf(CloudWatchException.class)
                .hasMessageContaining("two Periods");
    }

    @Test
    void metricsAreFoundForTwoWeeksAndEmptyWithoutDataInTheRange() {
        server.advance(Duration.ofDays(13));
        MetricDataQuery query = expression("e", "SEARCH('{Shop,Zone}', 'Sum', 60)", null);
        assertThat(get(query).metricDataResults()).hasSize(1);
        List<MetricDataResult> later = cloudWatch
                .getMetricData(in -> in.startTime(START.plus(Duration.ofDays(12)))
                        .endTime(START.plus(Duration.ofDays(13)))
                        .metricDataQueries(query))
                .metricDataResults();
        assertThat(later)
                .singleElement()
                .satisfies(result -> assertThat(result.values()).isEmpty());
        server.advance(Duration.ofDays(2));
        assertThat(get(query).metricDataResults()).isEmpty();
    }

    @Test
    void noMoreThanFiveHundredSeriesAreFound() {
        List<MetricDatum> data = new ArrayList<>();
        for (int i = 0; i < 620; i++) {
            data.add(datum("Visits", i, "Page", "page-" + i));
        }
        put("Site", data.toArray(MetricDatum[]::new));
        GetMetricDataResponse most = get(expression("e", "SEARCH('{Site,Page}', 'Sum', 60)", null));
        assertThat(most.metricDataResults()).hasSize(500);
        assertThat(most.messages()).singleElement().satisfies(message -> {
            assertThat(message.code()).isEqualTo("MaxMetricsExceeded");
            assertThat(message.value()).isEqualTo("Maximum number of allowed metrics exceeded");
        });
        assertThat(get(expression("e", "SEARCH('{Site,Page} 619', 'Sum', 60)", null)))
                .satisfies(one -> assertThat(one.messages()).isEmpty())
                .satisfies(one ->
                        assertThat(one.metricDataResults().getFirst().values()).containsExactly(619.0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "SEARCH('{Shop', 'Sum') ~ The schema's } is missing",
                "SEARCH('', 'Sum') ~ A search has a schema, or terms, or both",
                "SEARCH('a', 'Total') ~ SEARCH knows no statistic Total",
                "SEARCH('a', 'Sum', 45) ~ The period of SEARCH must be",
                "SEARCH('MetricName=(a=b)', 'Sum') ~ A property cannot stand in a property"
            })
    void whatIsNoSearchIsRefusedWithAWord(String expression, String mistake) {
        assertThatThrownBy(() -> get(expression("e", expression, null)))
                .isInstanceOf(CloudWatchException.class)
                .hasMessageContaining("Error in expression 'e'")
                .hasMessageContaining(mistake);
    }

    @Test
    void longSearchesAndManyAreRefused() {
        assertThatThrownBy(() -> get(expression("e", "SEARCH('" + "a".repeat(1025) + "', 'Sum')", null)))
                .hasMessageContaining("at most 1024 characters");
        MetricDataQuery[] many = new MetricDataQuery[101];
        for (int i = 0; i < many.length; i++) {
            many[i] = expression("e" + i, "SEARCH('word" + i + "', 'Sum')", null);
        }
        assertThatThrownBy(() -> get(many)).hasMessageContaining("at most 100 SEARCH expressions");
    }

    @Test
    void alarmsCannotSearch() {
        MetricDataQuery metric = MetricDataQuery.builder()
                .id("m")
                .returnData(false)
                .metricStat(stat -> stat.stat("Sum")
                        .period(60)
                        .metric(Metric.builder()
                                .namespace("Shop")
                                .metricName("OrderErrors")
                                .build()))
                .build();
        assertThatThrownBy(() -> cloudWatch.putMetricAlarm(in -> in.alarmName("found")
                        .metrics(metric, expression("e", "SUM(SEARCH('{Shop,Host} errors', 'Sum', 60))", null))
                        .evaluationPeriods(1)
                        .threshold(1.0)
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)))
                .isInstanceOf(CloudWatchException.class)
                .hasMessageContaining("SEARCH is not supported on Metric Alarms.");
    }
}
