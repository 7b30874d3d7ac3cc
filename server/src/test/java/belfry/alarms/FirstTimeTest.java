package belfry.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.TestServer;
import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricTransformation;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Whether a principal or an address is new to a secret, as an alarm's evidence has it. */
class FirstTimeTest {
    private static final String GROUP = "another-trail";

    private TestServer server;
    private CloudWatchLogsClient logs;

    @BeforeEach
    void start() {
        server = TestServer.start();
        logs = server.client(CloudWatchLogsClient.builder());
        var unused = server.client(SecretsManagerClient.builder())
                .createSecret(r -> r.name("prod/db").secretString("FIRST-TIME-MARKER"));
        var unusedGroup = logs.createLogGroup(r -> r.logGroupName(GROUP));
        var unusedStream = logs.createLogStream(r -> r.logGroupName(GROUP).logStreamName("s"));
        var unusedFilter = logs.putMetricFilter(r -> r.logGroupName(GROUP)
                .filterName("reads")
                .filterPattern("{ $.eventName = \"GetSecretValue\" }")
                .metricTransformations(MetricTransformation.builder()
                        .metricNamespace("Security")
                        .metricName("Reads")
                        .metricValue("1")
                        .build()));
        var unusedAlarm = server.client(CloudWatchClient.builder())
                .putMetricAlarm(r -> r.alarmName("read")
                        .namespace("Security")
                        .metricName("Reads")
                        .statistic(Statistic.SUM)
                        .period(60)
                        .evaluationPeriods(1)
                        .threshold(1.0)
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                        .treatMissingData("notBreaching")
                        .alarmActions("arn:aws:sns:us-east-1:" + TestServer.ACCOUNT + ":nobody")
                        .okActions("arn:aws:sns:us-east-1:" + TestServer.ACCOUNT + ":nobody"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** The secret is read here, as the trail records it. */
    private void readHere(String user) {
        var unused = server.client(SecretsManagerClient.builder(), user).getSecretValue(r -> r.secretId("prod/db"));
        server.settle();
    }

    /** A record of a read, put into the log group that the alarm's filter looks at. */
    private void reported(String user, String address, String eventId, String more) {
        JsonNode record = Json.object()
                .put("eventSource", "secretsmanager.amazonaws.com")
                .put("eventName", "GetSecretValue")
                .put("sourceIPAddress", address)
                .put("eventID", eventId)
                .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                        "userIdentity",
                        Json.object()
                                .put("type", "IAMUser")
                                .put("arn", "arn:aws:iam::" + TestServer.ACCOUNT + ":user/" + user)
                                .put("userName", user))
                .set("requestParameters", Json.object().put("secretId", "prod/db"));
        String line = Json.write(record).replaceFirst("\\{", "{" + more);
        var unused = logs.putLogEvents(r -> r.logGroupName(GROUP)
                .logStreamName("s")
                .logEvents(InputLogEvent.builder()
                        .timestamp(server.clock().now().toEpochMilli())
                        .message(line)
                        .build()));
        server.settle();
    }

    /** The alarm's newest evidence; two minutes later it has resolved. */
    private Evidence evidence() {
        List<Evidence> all = server.belfry()
                .store()
                .read(tx ->
                        tx.query("SELECT evidence FROM alarm_action ORDER BY seq", row -> Evidence.parse(row.text(1))));
        server.advance(Duration.ofMinutes(10));
        return all.getLast();
    }

    @Test
    void whoeverHasReadItBeforeIsNoNews() {
        readHere("alice");
        reported("alice", "127.0.0.1", "e1", "");
        assertThat(evidence().newest())
                .singleElement()
                .satisfies(event -> assertThat(event.news()).isEmpty());
    }

    @Test
    void aStrangerIsNewOnceAndHisAddressToo() {
        readHere("alice");
        reported("mallory", "203.0.113.9", "e1", "");
        Evidence first = evidence();
        assertThat(first.newest().getFirst().news()).containsExactlyInAnyOrder(News.PRINCIPAL, News.ADDRESS);
        assertThat(first.tally().principals().news()).isOne();
        reported("mallory", "203.0.113.9", "e2", "");
        assertThat(evidence().newest().getFirst().news()).isEmpty();
        reported("alice", "203.0.113.9", "e3", "");
        assertThat(evidence().newest().getFirst().news()).isEmpty();
        reported("mallory", "198.51.100.7", "e4", "");
        assertThat(evidence().newest().getFirst().news()).containsExactly(News.ADDRESS);
    }

    @Test
    void aRefusedTryDoesNotHideTheFirstThatGetsThrough() {
        reported("mallory", "203.0.113.9", "e1", "\"errorCode\":\"AccessDenied\",");
        Evidence refused = evidence();
        assertThat(refused.newest().getFirst().news()).contains(News.PRINCIPAL);
        assertThat(refused.tally().refused()).isOne();
        reported("mallory", "203.0.113.9", "e2", "");
        assertThat(evidence().newest().getFirst().news()).contains(News.PRINCIPAL);
    }

    private static String anyRead(int i) {
        return "{\"eventSource\":\"secretsmanager.amazonaws.com\",\"eventName\":\"GetSecretValue\",\"eventID\":\"e" + i
                + "\",\"userIdentity\":{\"type\":\"IAMUser\",\"userName\":\"u" + i % 7
                + "\"},\"requestParameters\":{\"secretId\":\"prod/db\"}}";
    }

    @Test
    void whenItHasResolvedTheWholeIncidentIsCounted() {
        long now = server.clock().now().toEpochMilli();
        List<InputLogEvent> events = java.util.stream.IntStream.range(0, 400)
                .mapToObj(i -> InputLogEvent.builder()
                        .timestamp(now)
                        .message(anyRead(i))
                        .build())
                .toList();
        var unused =
                logs.putLogEvents(r -> r.logGroupName(GROUP).logStreamName("s").logEvents(events));
        server.settle();
        Evidence first = evidence();
        assertThat(first.newest()).hasSize(Evidence.SHOWN);
        // The alarm went off as soon as it was certain, and could not know yet what was to come.
        assertThat(first.newest().size() + first.more()).isBetween(10L, 400L);
        Evidence evidence = evidence();
        assertThat(evidence.newest()).hasSize(Evidence.SHOWN);
        assertThat(evidence.more()).isEqualTo(390);
        assertThat(evidence.tally().counted()).isGreaterThanOrEqualTo(100);
        assertThat(evidence.tally().principals().distinct()).isEqualTo(7);
        assertThat(evidence.tally().targets().distinct()).isOne();
    }
}
