package belfry.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricTransformation;

/** From a log event over a metric filter to the alarm and the evidence in its action. */
class LogsToAlarmTest {
    private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:nobody";

    private final TestServer server = TestServer.start();
    private final CloudWatchClient cloudWatch = server.client(CloudWatchClient.builder());
    private final CloudWatchLogsClient logs = server.client(CloudWatchLogsClient.builder());

    @BeforeEach
    void tutorial() {
        var unusedGroup = logs.createLogGroup(in -> in.logGroupName("trail"));
        var unusedStream = logs.createLogStream(in -> in.logGroupName("trail").logStreamName("s"));
        var unusedFilter = logs.putMetricFilter(in -> in.logGroupName("trail")
                .filterName("reads")
                .filterPattern("{ $.eventName = \"GetSecretValue\" }")
                .metricTransformations(MetricTransformation.builder()
                        .metricNamespace("SecurityMetrics")
                        .metricName("SecretIsAccessed")
                        .metricValue("1")
                        .build()));
        var unusedAlarm = cloudWatch.putMetricAlarm(in -> in.alarmName("secret read")
                .namespace("SecurityMetrics")
                .metricName("SecretIsAccessed")
                .statistic(Statistic.SUM)
                .period(60)
                .evaluationPeriods(1)
                .threshold(2.0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .treatMissingData("notBreaching")
                .alarmActions(TOPIC));
        server.settle();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void log(Instant at, String... messages) {
        List<InputLogEvent> events = List.of(messages).stream()
                .map(message -> InputLogEvent.builder()
                        .timestamp(at.toEpochMilli())
                        .message(message)
                        .build())
                .toList();
        var unused = logs.putLogEvents(
                in -> in.logGroupName("trail").logStreamName("s").logEvents(events));
        server.settle();
    }

    private MetricAlarm alarm() {
        return cloudWatch.describeAlarms().metricAlarms().getFirst();
    }

    @Test
    void matchesFireTheAlarmInsideTheirMinuteWithTheEventsThatLedToIt() {
        server.advance(Duration.ofSeconds(5));
        Instant now = server.clock().now();
        log(now, "{\"eventName\":\"GetSecretValue\",\"n\":1}", "{\"eventName\":\"ListSecrets\"}");
        assertThat(alarm().stateValue()).as("one read is below the threshold").isEqualTo(StateValue.OK);
        log(now.plusMillis(1), "{\"eventName\":\"GetSecretValue\",\"n\":2}");
        assertThat(alarm().stateValue()).isEqualTo(StateValue.ALARM);
        assertThat(alarm().stateReason())
                .isEqualTo("Threshold Crossed: 1 datapoint [2.0 (02/03/26 10:00:00)] was greater than or equal to the"
                        + " threshold (2.0).");
        AlarmAction action = action();
        assertThat(action.action()).isEqualTo(TOPIC);
        assertThat(action.evidence().newest())
                .extracting(Evidence.Event::message)
                .containsExactly(
                        "{\"eventName\":\"GetSecretValue\",\"n\":2}", "{\"eventName\":\"GetSecretValue\",\"n\":1}");
        assertThat(action.evidence().newest().getFirst().group()).isEqualTo("trail");
        assertThat(action.evidence().more()).isZero();
    }

    @Test
    void evidenceShowsTheNewestTenAndCountsTheRest() {
        String[] reads = new String[25];
        for (int i = 0; i < reads.length; i++) {
            reads[i] = "{\"eventName\":\"GetSecretValue\",\"n\":" + i + "}";
        }
        log(server.clock().now(), reads);
        Evidence evidence = action().evidence();
        assertThat(evidence.newest()).hasSize(10);
        assertThat(evidence.newest().getFirst().message()).contains("\"n\":24");
        assertThat(evidence.more()).isEqualTo(15);
    }

    private AlarmAction action() {
        return server.belfry().store().read(tx -> AlarmActions.find(tx, 1)).orElseThrow();
    }

    /** Ten samples, one of them 1: their average is far below the threshold, their sum reaches it at once. */
    @Test
    void theSeedsTrap() {
        var unusedFilter = logs.putMetricFilter(in -> in.logGroupName("trail")
                .filterName("values")
                .filterPattern("{ $.read = * }")
                .metricTransformations(MetricTransformation.builder()
                        .metricNamespace("SecurityMetrics")
                        .metricName("Reads")
                        .metricValue("$.read")
                        .build()));
        for (Statistic statistic : List.of(Statistic.AVERAGE, Statistic.SUM)) {
            var unusedAlarm = cloudWatch.putMetricAlarm(in -> in.alarmName("reads " + statistic)
                    .namespace("SecurityMetrics")
                    .metricName("Reads")
                    .statistic(statistic)
                    .period(300)
                    .evaluationPeriods(1)
                    .threshold(1.0)
                    .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                    .treatMissingData("notBreaching"));
        }
        server.advance(Duration.ofSeconds(5));
        String[] reads = new String[10];
        for (int i = 0; i < reads.length; i++) {
            reads[i] = "{\"read\":" + (i == 3 ? 1 : 0) + "}";
        }
        log(server.clock().now(), reads);
        assertThat(named("reads Sum").stateValue())
                .as("five seconds into the period")
                .isEqualTo(StateValue.ALARM);
        assertThat(named("reads Average").stateValue()).isEqualTo(StateValue.OK);
        for (int minute = 0; minute < 20; minute++) {
            server.advance(Duration.ofMinutes(1));
            assertThat(named("reads Average").stateValue()).isEqualTo(StateValue.OK);
        }
        assertThat(named("reads Sum").stateValue()).as("back by itself").isEqualTo(StateValue.OK);
        assertThat(cloudWatch
                        .describeAlarmHistory(
                                in -> in.alarmName("reads Average").historyItemType(HistoryItemType.STATE_UPDATE))
                        .alarmHistoryItems())
                .as("only the first evaluation, from INSUFFICIENT_DATA to OK")
                .hasSize(1);
    }

    private MetricAlarm named(String name) {
        return cloudWatch
                .describeAlarms(in -> in.alarmNames(name))
                .metricAlarms()
                .getFirst();
    }

    @Test
    void aDayOfAlarmsPassesOverTheClocksEndpoint() throws Exception {
        for (int hour = 0; hour < 24; hour++) {
            String read = "{\"eventName\":\"GetSecretValue\",\"n\":" + hour + "}";
            log(server.clock().now(), read, read);
            assertThat(server.post("/_belfry/clock", "application/json", "{\"advance\":\"PT1H\"}")
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(server.clock().now()).isEqualTo(TestServer.START.plus(Duration.ofDays(1)));
        List<AlarmHistoryItem> changes = cloudWatch
                .describeAlarmHistory(in -> in.alarmName("secret read").historyItemType(HistoryItemType.STATE_UPDATE))
                .alarmHistoryItems();
        assertThat(changes).hasSize(49);
        assertThat(changes.stream().map(AlarmHistoryItem::timestamp).toList())
                .as("newest first, each at its time")
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(alarm().stateValue()).isEqualTo(StateValue.OK);
    }
}
