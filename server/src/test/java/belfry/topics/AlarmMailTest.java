package belfry.topics;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.TestServer;
import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricTransformation;
import software.amazon.awssdk.services.sns.SnsClient;

/** From an alarm's change of state to the mail, and back into the alarm's history. */
class AlarmMailTest {
    private TestServer server;
    private SnsClient sns;
    private CloudWatchClient cloudWatch;
    private String topic;

    @BeforeEach
    void start() {
        server = TestServer.start();
        sns = server.client(SnsClient.builder());
        cloudWatch = server.client(CloudWatchClient.builder());
        topic = sns.createTopic(r -> r.name("alerts")).topicArn();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private List<JsonNode> mails() {
        server.settle();
        JsonNode mails = Json.parse(server.get("/_belfry/mail").body());
        return StreamSupport.stream(mails.spliterator(), false).toList();
    }

    private void subscribe() {
        var unused = sns.subscribe(r -> r.topicArn(topic).protocol("email").endpoint("ann@example.com"));
        Matcher link = Pattern.compile("/_belfry/confirm\\?\\S+")
                .matcher(mails().getLast().path("text").asText());
        assertThat(link.find()).isTrue();
        assertThat(server.get(link.group()).statusCode()).isEqualTo(200);
    }

    private void alarm(String action) {
        var unused = cloudWatch.putMetricAlarm(r -> r.alarmName("SecretRead")
                .namespace("Security")
                .metricName("SecretReads")
                .statistic(Statistic.SUM)
                .period(300)
                .evaluationPeriods(1)
                .threshold(1.0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .alarmActions(action)
                .okActions(action));
    }

    private void set(StateValue state) {
        var unused = cloudWatch.setAlarmState(
                r -> r.alarmName("SecretRead").stateValue(state).stateReason("testing"));
        server.settle();
    }

    private List<AlarmHistoryItem> actions() {
        server.settle();
        return cloudWatch
                .describeAlarmHistory(r -> r.alarmName("SecretRead").historyItemType(HistoryItemType.ACTION))
                .alarmHistoryItems();
    }

    private void policy(String principal, String condition) {
        String policy = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\""
                + principal + "\"},\"Action\":\"sns:Publish\",\"Resource\":\"" + topic + "\"" + condition + "}]}";
        var unused = sns.setTopicAttributes(
                r -> r.topicArn(topic).attributeName("Policy").attributeValue(policy));
    }

    @Test
    void anAlarmMailsItsSubscribersAndItsHistorySaysSo() {
        subscribe();
        alarm(topic);
        set(StateValue.ALARM);
        JsonNode mail = mails().getLast();
        assertThat(mail.path("subject").asText()).isEqualTo("ALARM: \"SecretRead\" in US East (N. Virginia)");
        assertThat(mail.path("text").asText())
                .startsWith("You are receiving this email because your Amazon CloudWatch Alarm \"SecretRead\" in the US"
                        + " East (N. Virginia) region has entered the ALARM state, because \"testing\" at ")
                .contains("unsubscribe");
        assertThat(mail.path("html").asText()).contains("<!DOCTYPE html>", "SecretRead", "Unsubscribe");
        assertThat(actions())
                .singleElement()
                .satisfies(
                        item -> assertThat(item.historySummary()).isEqualTo("Successfully executed action " + topic));
    }

    @Test
    void alarmComesBeforeOk() {
        subscribe();
        alarm(topic);
        set(StateValue.ALARM);
        set(StateValue.OK);
        assertThat(mails().stream().skip(1).map(mail -> mail.path("subject").asText()))
                .containsExactly(
                        "ALARM: \"SecretRead\" in US East (N. Virginia)",
                        "OK: \"SecretRead\" in US East (N. Virginia)");
    }

    private List<JsonNode> deliveries(String query) {
        server.settle();
        JsonNode answer = Json.parse(server.get("/_belfry/deliveries" + query).body());
        return StreamSupport.stream(answer.spliterator(), false).toList();
    }

    private List<String> thread(int mail) {
        return server.belfry()
                .store()
                .read(tx -> tx.query(
                        "SELECT mail_id, in_reply_to, mail_references FROM outbox WHERE alarm IS NOT NULL ORDER BY seq",
                        row -> List.of(
                                row.text(1), String.valueOf(row.textOrNull(2)), String.valueOf(row.textOrNull(3)))))
                .get(mail);
    }

    @Test
    void mailsOfOneAlarmHangTogether() {
        subscribe();
        alarm(topic);
        set(StateValue.ALARM);
        set(StateValue.OK);
        set(StateValue.ALARM);
        server.advance(Duration.ofHours(25));
        set(StateValue.OK);
        String first = thread(0).getFirst();
        String second = thread(1).getFirst();
        assertThat(thread(0)).containsExactly(first, "null", "null");
        assertThat(thread(1)).containsExactly(second, first, first);
        assertThat(thread(2)).endsWith(second, first + " " + second);
        // After a quiet day it is another story.
        assertThat(thread(3)).endsWith("null", "null");
    }

    @Test
    void theOutboxTellsWhatBecameOfEachAlert() {
        subscribe();
        alarm(topic);
        set(StateValue.ALARM);
        assertThat(deliveries("?alarm=SecretRead")).singleElement().satisfies(delivery -> {
            assertThat(delivery.path("state").asText()).isEqualTo("Sent");
            assertThat(delivery.path("recipient").asText()).isEqualTo("ann@example.com");
            assertThat(delivery.path("tries").path(0).path("outcome").asText()).isEqualTo("Accepted");
        });
        assertThat(deliveries("?recipient=ann@example.com")).hasSize(2);
        assertThat(deliveries("?recipient=ann@example.com&limit=1")).hasSize(1);
        assertThat(deliveries("?state=Dead")).isEmpty();
        assertThat(deliveries("?alarm=Secret_ead")).isEmpty();
        assertThat(server.get("/_belfry/deliveries?stat=Dead").statusCode()).isEqualTo(400);
    }

    @Test
    void aTopicThatDoesNotLetTheAlarmInShowsInItsHistory() {
        subscribe();
        alarm(topic);
        policy("events.amazonaws.com", "");
        set(StateValue.ALARM);
        assertThat(mails()).hasSize(1);
        assertThat(actions())
                .singleElement()
                .satisfies(item -> assertThat(item.historySummary())
                        .startsWith("Failed to execute action " + topic)
                        .contains("not authorized to perform: SNS:Publish"));
    }

    @Test
    void aPolicyMayLetInThisAlarmOnly() {
        subscribe();
        alarm(topic);
        String arn = "arn:aws:cloudwatch:us-east-1:" + TestServer.ACCOUNT + ":alarm:";
        policy("cloudwatch.amazonaws.com", ",\"Condition\":{\"ArnLike\":{\"aws:SourceArn\":\"" + arn + "Other\"}}");
        set(StateValue.ALARM);
        assertThat(mails()).hasSize(1);
        policy("cloudwatch.amazonaws.com", ",\"Condition\":{\"ArnLike\":{\"aws:SourceArn\":\"" + arn + "*\"}}");
        set(StateValue.OK);
        assertThat(mails()).hasSize(2);
    }

    @Test
    void aTopicThatIsGoneShowsInTheHistory() {
        alarm(topic);
        var unused = sns.deleteTopic(r -> r.topicArn(topic));
        set(StateValue.ALARM);
        assertThat(actions())
                .singleElement()
                .satisfies(item -> assertThat(item.historySummary()).contains("Topic does not exist"));
    }

    private void readTheSecret(String user, String eventId) {
        CloudWatchLogsClient logs = server.client(CloudWatchLogsClient.builder());
        var unusedGroup = logs.createLogGroup(r -> r.logGroupName("trail-logs"));
        var unusedStream =
                logs.createLogStream(r -> r.logGroupName("trail-logs").logStreamName("s"));
        var unusedFilter = logs.putMetricFilter(r -> r.logGroupName("trail-logs")
                .filterName("reads")
                .filterPattern("{ $.eventName = \"GetSecretValue\" }")
                .metricTransformations(MetricTransformation.builder()
                        .metricNamespace("Security")
                        .metricName("SecretReads")
                        .metricValue("1")
                        .build()));
        var unusedEvents = logs.putLogEvents(r -> r.logGroupName("trail-logs")
                .logStreamName("s")
                .logEvents(InputLogEvent.builder()
                        .timestamp(server.clock().now().toEpochMilli())
                        .message(Samples.record(user, eventId, "aws-cli/2.15.30 more"))
                        .build()));
        server.settle();
    }

    @Test
    void theMailSaysWhoReadTheSecretAndItsCommandAndLinkShowIt() throws IOException, InterruptedException {
        subscribe();
        alarm(topic);
        readTheSecret("mallory", "e0b9f3c5-59b8-4c3b-9e0e-1234567890ab");
        JsonNode mail = mails().getLast();
        String text = mail.path("text").asText();
        assertThat(mail.path("subject").asText()).isEqualTo("ALARM: \"SecretRead\" in US East (N. Virginia)");
        assertThat(text)
                .contains("mallory called GetSecretValue on prod/db")
                .contains("AKIAIOSFODNN7EXAMPLE", "203.0.113.9", "aws-cli/2.15.30");
        assertThat(mail.path("html").asText()).contains("mallory", "203.0.113.9");
        Matcher link = Pattern.compile("/_belfry/alert\\?id=\\S+").matcher(text);
        assertThat(link.find()).isTrue();
        assertThat(server.get(link.group()).body()).contains("&quot;userName&quot; : &quot;mallory&quot;");
        assertThat(shell(text.lines()
                        .filter(line -> line.startsWith("aws logs filter-log-events"))
                        .findFirst()
                        .orElseThrow()))
                .contains("mallory");
    }

    /** Needs the AWS CLI on the PATH. */
    private static String shell(String command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
        builder.environment().putAll(Map.of("AWS_ACCESS_KEY_ID", "reader", "AWS_SECRET_ACCESS_KEY", "not-a-secret"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("the exit of %s, which said %s", command, said)
                .isZero();
        return said;
    }
}
