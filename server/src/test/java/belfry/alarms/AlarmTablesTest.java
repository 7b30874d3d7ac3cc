package belfry.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.TestServer;
import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/**
 * AWS's tables of how missing data are treated (alarms.md §3), row by row with the AWS SDK, at ten seconds, a minute and five
 * minutes. Newest right: 0 is within the threshold, X breaches it, - is missing; then how many points must be filled in, and
 * the state with each way to treat missing data. KEEP is tried from two states, so that it cannot be met by chance.
 */
class AlarmTablesTest {
    private static final String KEEP = "KEEP";
    private static final List<String> TREATS = List.of("missing", "ignore", "breaching", "notBreaching");
    private static final List<StateValue> BEFORE = List.of(StateValue.OK, StateValue.ALARM);

    private static TestServer server;
    private static CloudWatchClient cloudWatch;
    private static int rows;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        cloudWatch = server.client(CloudWatchClient.builder());
    }

    @AfterAll
    static void close() {
        server.close();
    }

    /** The tables as AWS prints them, and its sentence on points that are too young. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        3 of 3 | 0 - X - X | 0 | OK                | OK    | OK    | OK
        3 of 3 | 0 - - - - | 2 | OK                | OK    | OK    | OK
        3 of 3 | - - - - - | 3 | INSUFFICIENT_DATA | KEEP  | ALARM | OK
        3 of 3 | 0 X X - X | 0 | ALARM             | ALARM | ALARM | ALARM
        3 of 3 | - - X - - | 2 | ALARM             | KEEP  | ALARM | OK
        3 of 3 | - - - - X | 2 | KEEP              | KEEP  | ALARM | OK
        3 of 3 | - - - X - | 2 | KEEP              | KEEP  | ALARM | OK
        2 of 3 | 0 - X - X | 0 | ALARM             | ALARM | ALARM | ALARM
        2 of 3 | 0 0 X 0 X | 0 | ALARM             | ALARM | ALARM | ALARM
        2 of 3 | 0 - X - - | 1 | OK                | OK    | ALARM | OK
        2 of 3 | - - - - 0 | 2 | OK                | OK    | ALARM | OK
        2 of 3 | - - - X - | 2 | ALARM             | KEEP  | ALARM | OK
        """)
    void awssTables(
            String of, String points, int fills, String missing, String ignore, String breaching, String notBreaching) {
        expect(of, points, fills, List.of(missing, ignore, breaching, notBreaching));
    }

    /** What the rules say beyond AWS's examples: other counts, the edge of the range, points that are just old enough. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        1 of 1 | - - X         | 0 | ALARM             | ALARM | ALARM | ALARM
        1 of 1 | X - -         | 0 | ALARM             | ALARM | ALARM | ALARM
        1 of 1 | X - 0         | 0 | OK                | OK    | OK    | OK
        1 of 1 | X - - -       | 1 | INSUFFICIENT_DATA | KEEP  | ALARM | OK
        2 of 2 | - - - X       | 1 | KEEP              | KEEP  | ALARM | OK
        2 of 2 | - - X -       | 1 | ALARM             | KEEP  | ALARM | OK
        2 of 2 | X - - -       | 1 | ALARM             | KEEP  | ALARM | OK
        2 of 2 | X - - 0       | 0 | OK                | OK    | OK    | OK
        2 of 3 | - - - - X     | 2 | KEEP              | KEEP  | ALARM | OK
        3 of 3 | 0 0 X - - - - | 2 | ALARM             | KEEP  | ALARM | OK
        3 of 3 | X X - - - - - | 3 | INSUFFICIENT_DATA | KEEP  | ALARM | OK
        2 of 5 | X 0 - - X - - | 2 | ALARM             | ALARM | ALARM | ALARM
        2 of 5 | - - 0 - X - - | 3 | OK                | OK    | ALARM | OK
        3 of 5 | - - - - X X - | 3 | ALARM             | KEEP  | ALARM | OK
        3 of 5 | - - - - - X X | 3 | KEEP              | KEEP  | ALARM | OK
        3 of 5 | X X X 0 0 - 0 | 0 | OK                | OK    | OK    | OK
        3 of 5 | X X X 0 - 0 - | 0 | ALARM             | ALARM | ALARM | ALARM
        """)
    void moreRows(
            String of, String points, int fills, String missing, String ignore, String breaching, String notBreaching) {
        expect(of, points, fills, List.of(missing, ignore, breaching, notBreaching));
    }

    private static void expect(String of, String points, int fills, List<String> states) {
        for (int period : List.of(10, 60, 300)) {
            String metric = "row-" + rows++ + "-";
            run(metric, of, points, period);
            Map<String, MetricAlarm> alarms = shown(metric);
            for (StateValue before : BEFORE) {
                for (int treat = 0; treat < TREATS.size(); treat++) {
                    String state = states.get(treat).equals(KEEP) ? before.toString() : states.get(treat);
                    MetricAlarm alarm = Objects.requireNonNull(alarms.get(metric + TREATS.get(treat) + before));
                    assertThat(alarm.stateValueAsString())
                            .as("%s over [%s] of %ds, %s, from %s", of, points, period, TREATS.get(treat), before)
                            .isEqualTo(state);
                    if (!state.equals(before.toString())) {
                        assertThat(filled(alarm)).as(alarm.stateReasonData()).isEqualTo(fills);
                    }
                }
            }
        }
    }

    /** An alarm for each way to treat missing data and each state before; then the points come. */
    private static void run(String metric, String of, String points, int period) {
        for (String treat : TREATS) {
            for (StateValue before : BEFORE) {
                String name = metric + treat + before;
                put(name, metric, of, period, treat);
                var unused = cloudWatch.setAlarmState(
                        in -> in.alarmName(name).stateValue(before).stateReason("before the points"));
            }
        }
        List<MetricDatum> data = data(metric, points, period);
        if (data.isEmpty()) {
            server.advance(Duration.ofMinutes(1));
        } else {
            var unused = cloudWatch.putMetricData(in -> in.namespace("Rows").metricData(data));
            server.settle();
        }
    }

    /** Average never fires early, so the periods that have closed decide. */
    private static void put(String name, String metric, String of, int period, String treat) {
        String[] mOfN = of.split(" of ");
        var unused = cloudWatch.putMetricAlarm(in -> in.alarmName(name)
                .namespace("Rows")
                .metricName(metric)
                .statistic(Statistic.AVERAGE)
                .period(period)
                .datapointsToAlarm(Integer.valueOf(mOfN[0]))
                .evaluationPeriods(Integer.valueOf(mOfN[1]))
                .threshold(1.0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .treatMissingData(treat));
    }

    private static List<MetricDatum> data(String metric, String points, int period) {
        String[] marks = points.trim().split(" ");
        Instant now = server.clock().now();
        List<MetricDatum> data = new ArrayList<>();
        for (int i = 0; i < marks.length; i++) {
            Instant at = now.minusSeconds((long) period * (marks.length - i));
            if (!marks[i].equals("-")) {
                data.add(MetricDatum.builder()
                        .metricName(metric)
                        .timestamp(at)
                        .storageResolution(period < 60 ? 1 : 60)
                        .value(marks[i].equals("X") ? 2.0 : 0.0)
                        .build());
            }
        }
        return data;
    }

    private static Map<String, MetricAlarm> shown(String prefix) {
        Map<String, MetricAlarm> shown = new HashMap<>();
        cloudWatch
                .describeAlarms(in -> in.alarmNamePrefix(prefix))
                .metricAlarms()
                .forEach(alarm -> shown.put(alarm.alarmName(), alarm));
        return shown;
    }

    /** The periods that the evaluation filled in: those without a value. */
    private static int filled(MetricAlarm alarm) {
        int filled = 0;
        for (JsonNode point : Json.parse(alarm.stateReasonData()).path("evaluatedDatapoints")) {
            filled += point.has("value") ? 0 : 1;
        }
        return filled;
    }
}
