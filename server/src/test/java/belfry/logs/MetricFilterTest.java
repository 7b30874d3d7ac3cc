package belfry.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.api.logs.DeleteMetricFilterRequest;
import belfry.api.logs.DescribeMetricFiltersRequest;
import belfry.api.logs.MetricFilter;
import belfry.api.logs.MetricFilterMatchRecord;
import belfry.api.logs.MetricTransformation;
import belfry.api.logs.TestMetricFilterRequest;
import belfry.wire.ServiceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricFilterTest {
    @TempDir
    private Path folder;

    private LogsFixture logs;

    @BeforeEach
    void open() {
        logs = new LogsFixture(folder).withStream();
    }

    @AfterEach
    void close() {
        logs.close();
    }

    private List<MetricFilter> filters() {
        return logs.logs
                .describeMetricFilters(new DescribeMetricFiltersRequest().logGroupName(LogsFixture.GROUP), logs.call)
                .metricFilters();
    }

    private List<String> values() {
        return logs.reported().stream()
                .map(row -> row.metric() + row.dimensions() + "=" + row.value() + "x" + row.samples())
                .toList();
    }

    @Test
    void eachMatchIsReportedWithItsEvent() {
        logs.filter("reads", "{ $.eventName = GetSecretValue }", LogsFixture.count("Reads"));
        logs.withPumps();
        logs.put("{\"eventName\":\"GetSecretValue\",\"n\":1}", "{\"eventName\":\"ListSecrets\"}", "no json");
        LogMatches.Reported row = logs.reported().getFirst();
        assertThat(logs.reported()).hasSize(1);
        assertThat(row.metric()).isEqualTo("Reads");
        assertThat(row.value()).isEqualTo(1);
        assertThat(row.unit()).isEqualTo("None");
        assertThat(row.time()).isEqualTo(LogsFixture.START);
        assertThat(row.stream()).isEqualTo(LogsFixture.STREAM);
        List<MatchedEvents.Matched> events = newest("Reads", Map.of());
        assertThat(events).hasSize(1);
        assertThat(events.getFirst().message()).contains("{\"eventName\":\"GetSecretValue\",\"n\":1}");
        assertThat(events.getFirst().eventId()).isEqualTo(row.eventId());
    }

    private List<MatchedEvents.Matched> newest(String metric, Map<String, String> dimensions) {
        return logs.store.read(tx -> MatchedEvents.newest(
                tx,
                logs.call.account(),
                logs.call.region(),
                "Security",
                metric,
                new TreeMap<>(dimensions),
                LogsFixture.START.minusSeconds(60),
                LogsFixture.START.plusSeconds(60),
                10));
    }

    @Test
    void aFilterCountsFromItsCreationToItsEndWhateverWhenThePumpRuns() {
        logs.put("ERROR before");
        logs.filter("errors", "ERROR", LogsFixture.count("Old"));
        logs.put("ERROR one");
        logs.filter("errors", "ERROR", LogsFixture.count("New"));
        logs.put("ERROR two");
        var unused = logs.logs.deleteMetricFilter(
                new DeleteMetricFilterRequest().logGroupName(LogsFixture.GROUP).filterName("errors"), logs.call);
        logs.put("ERROR after");
        logs.withPumps();
        assertThat(values()).containsExactly("Old{}=1.0x1", "New{}=1.0x1");
        assertThat(filters()).isEmpty();
        assertThat(logs.store.<Long>read(tx -> tx.count("SELECT count(*) FROM log_metric_filter")))
                .isZero();
    }

    @Test
    void valuesAndDimensionsAreExtractedAndNonsenseIsNot() {
        logs.filter(
                "latency",
                "{ $.latency = * && $.user = * }",
                LogsFixture.count("Latency")
                        .metricValue("$.latency")
                        .unit("Milliseconds")
                        .dimensions(Map.of("User", "$.user")));
        logs.withPumps();
        logs.put(
                "{\"latency\":12.5,\"user\":\"ann\"}",
                "{\"latency\":\"slow\",\"user\":\"ann\"}",
                "{\"latency\":\"7\",\"user\":\"bob\"}");
        assertThat(values()).containsExactly("Latency{\"User\":\"ann\"}=12.5x1", "Latency{\"User\":\"bob\"}=7.0x1");
        assertThat(logs.reported().getFirst().unit()).isEqualTo("Milliseconds");
        assertThat(newest("Latency", Map.of("User", "bob"))).hasSize(1);
    }

    @Test
    void aFloodIsToldInSums() {
        logs.filter("all", "", LogsFixture.count("All"));
        logs.withPumps();
        int count = BlockEvaluation.TOLD_SINGLY + 50;
        logs.put(java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> "event " + i)
                .toArray(String[]::new));
        assertThat(logs.reported().stream()
                        .mapToLong(LogMatches.Reported::samples)
                        .sum())
                .isEqualTo(count);
        assertThat(logs.reported()).hasSize(BlockEvaluation.TOLD_SINGLY + 1);
        long counted = logs.store.read(tx -> MatchedEvents.count(
                tx,
                logs.call.account(),
                logs.call.region(),
                "Security",
                "All",
                new TreeMap<>(),
                LogsFixture.START.minusSeconds(60),
                LogsFixture.START.plusSeconds(60)));
        assertThat(counted).isEqualTo(count);
    }

    @Test
    void theDefaultStandsForMinutesWithEventsOfWhichNoneMatched() {
        logs.filter("errors", "ERROR", LogsFixture.count("Errors").defaultValue(0.0));
        logs.withPumps();
        logs.put("fine");
        assertThat(values()).isEmpty();
        logs.pumps.advanceTo(LogsFixture.START.plus(Duration.ofMinutes(1)), false);
        assertThat(values()).containsExactly("Errors{}=0.0x1");
        assertThat(logs.reported().getFirst().time()).isEqualTo("2026-03-01T12:00:00Z");
        logs.put("fine");
        logs.put("ERROR");
        logs.pumps.advanceTo(LogsFixture.START.plus(Duration.ofMinutes(10)), false);
        assertThat(values()).containsExactly("Errors{}=0.0x1", "Errors{}=1.0x1");
    }

    @Test
    void groupsReportTheirOwnVolume() {
        logs.withPumps();
        logs.put("12345", "1234567890");
        logs.pumps.settle();
        List<LogMatches.Reported> own = logs.store.read(tx -> LogMatches.after(tx, 0, 10));
        assertThat(own).allMatch(row -> row.namespace().equals("AWS/Logs"));
        assertThat(own.stream().map(row -> row.metric() + row.dimensions() + " " + row.value()))
                .containsExactly(
                        "IncomingLogEvents{\"LogGroupName\":\"trail/logs\"} 2.0",
                        "IncomingBytes{\"LogGroupName\":\"trail/logs\"} 67.0",
                        "IncomingLogEvents{} 2.0",
                        "IncomingBytes{} 67.0");
    }

    @Test
    void puttingAgainReplacesAndKeepsThePatternByteForByte() {
        String pattern = "{  ($.errorCode = \"*UnauthorizedOperation\")||($.errorCode=\"AccessDenied*\") }  ";
        logs.filter("cis", "ERROR", LogsFixture.count("A"));
        logs.filter("cis", pattern, LogsFixture.count("B").unit("Count").defaultValue(0.0));
        assertThat(filters()).hasSize(1);
        MetricFilter filter = filters().getFirst();
        assertThat(filter.filterPattern()).isEqualTo(pattern);
        assertThat(filter.applyOnTransformedLogs()).isFalse();
        MetricTransformation shown = filter.metricTransformations().getFirst();
        assertThat(shown.metricName()).isEqualTo("B");
        assertThat(shown.unit()).isEqualTo("Count");
        assertThat(shown.defaultValue()).isZero();
        assertThat(shown.dimensions()).isNull();
    }

    @Test
    void whatAwsRefusesIsRefusedInItsWords() {
        assertThatThrownBy(() -> logs.filter("f", "{ status = \"401\" }", LogsFixture.count("A")))
                .isInstanceOf(ServiceException.class)
                .hasMessage("Invalid metric filter pattern");
        assertThatThrownBy(
                        () -> logs.filter("f", "ERROR", LogsFixture.count("A").dimensions(Map.of("a", "$.b"))))
                .hasMessage("The specified filter pattern does not support dimensions");
        assertThatThrownBy(() -> logs.filter(
                        "f",
                        "{ $.b = * }",
                        LogsFixture.count("A").dimensions(Map.of("a", "$.b")).defaultValue(0.0)))
                .hasMessage(
                        "Invalid metric transformation: dimensions and default value are mutually exclusive properties");
        for (String literal : List.of("web-1", "$user", "")) {
            assertThatThrownBy(() -> logs.filter(
                            "f", "{ $.b = * }", LogsFixture.count("A").dimensions(Map.of("a", literal))))
                    .as(literal)
                    .hasMessage("Invalid metric transformation: dimension value must be valid selector");
        }
        assertThatThrownBy(() -> logs.filter(
                        "f",
                        "{ $.a = * && $.b = * && $.c = * && $.d = * }",
                        LogsFixture.count("A").dimensions(Map.of("a", "$.a", "b", "$.b", "c", "$.c", "d", "$.d"))))
                .hasMessage("Invalid metric transformation: a metric has at most 3 dimensions.");
        for (String value : List.of("one", "$user", "", "1e200")) {
            assertThatThrownBy(() -> logs.filter(
                            "f", "{ $.b = * }", LogsFixture.count("A").metricValue(value)))
                    .as(value)
                    .hasMessageContaining("is neither a number nor a field of the filter pattern.");
        }
        assertThatThrownBy(() -> logs.logs.deleteMetricFilter(
                        new DeleteMetricFilterRequest()
                                .logGroupName(LogsFixture.GROUP)
                                .filterName("none"),
                        logs.call))
                .hasMessage("The specified metric filter does not exist.");
        for (int i = 0; i < 100; i++) {
            logs.filter("f" + i, "ERROR", LogsFixture.count("A"));
        }
        logs.filter("f7", "WARN", LogsFixture.count("A"));
        assertThatThrownBy(() -> logs.filter("one too many", "ERROR", LogsFixture.count("A")))
                .hasMessage("Resource limit exceeded.");
    }

    /** The model lets empty names through; a metric without a name would stop all metrics. */
    @Test
    void metricsHaveNames() {
        for (MetricTransformation nameless : List.of(
                LogsFixture.count(""),
                LogsFixture.count(" "),
                LogsFixture.count("A").metricNamespace(""))) {
            assertThatThrownBy(() -> logs.filter("f", "ERROR", nameless)).hasMessageContaining("must not be empty");
        }
        assertThatThrownBy(
                        () -> logs.filter("f", "ERROR", LogsFixture.count("A").defaultValue(1e200)))
                .hasMessageContaining("out of range");
        for (String name : List.of(" ", ":a")) {
            assertThatThrownBy(() -> logs.filter(
                            "f", "{ $.b = * }", LogsFixture.count("A").dimensions(Map.of(name, "$.b"))))
                    .hasMessageContaining("cannot name a dimension");
        }
    }

    @Test
    void aGroupHasAtMostFivePatternsWithRegex() {
        for (int i = 0; i < 5; i++) {
            logs.filter("f" + i, "{ $.a = %x" + i + "% && $.b = %y% }", LogsFixture.count("A"));
        }
        logs.filter("f0", "%again%", LogsFixture.count("A"));
        assertThatThrownBy(() -> logs.filter("f5", "%x%", LogsFixture.count("A")))
                .hasMessage("Resource limit exceeded.");
        logs.filter("f0", "plain", LogsFixture.count("A"));
        logs.filter("f5", "%x%", LogsFixture.count("A"));
        assertThat(filters()).hasSize(6);
    }

    @Test
    void valuesTooLongForADimensionAndNumbersTooLargeAreLeftOut() {
        logs.filter(
                "f",
                "{ $.n = * && $.user = * }",
                LogsFixture.count("A").metricValue("$.n").dimensions(Map.of("User", "$.user")));
        logs.withPumps();
        logs.put(
                "{\"n\":1e300,\"user\":\"ann\"}",
                "{\"n\":1,\"user\":\"" + "a".repeat(1025) + "\"}",
                "{\"n\":2,\"user\":\"bob\"}");
        assertThat(values()).containsExactly("A{\"User\":\"bob\"}=2.0x1");
    }

    @Test
    void testingAPatternStoresNothing() {
        List<MetricFilterMatchRecord> matches = logs.logs
                .testMetricFilter(
                        new TestMetricFilterRequest()
                                .filterPattern("[..., status_code=4*, size]")
                                .logEventMessages(List.of("GET /a 404 12", "GET /b 200 13", "GET /c 403 14")),
                        logs.call)
                .matches();
        assertThat(matches).hasSize(2);
        assertThat(matches).extracting(MetricFilterMatchRecord::eventNumber).containsExactly(1L, 3L);
        assertThat(matches.getLast().extractedValues()).containsEntry("$status_code", "403");
    }
}
