package belfry.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.TestServer;
import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricTransformation;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;

/** Many messages in one mail, through the AWS SDK, with the built-in mailbox and a clock that is moved. */
class DigestTest {
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
        return Json.parse(server.get("/_belfry/mail").body()).valueStream().toList();
    }

    /** The mails after the one that asked to confirm. */
    private List<String> subjects() {
        return mails().stream()
                .skip(1)
                .map(mail -> mail.path("subject").asText())
                .toList();
    }

    private String last() {
        return mails().getLast().path("text").asText();
    }

    private List<JsonNode> deliveries(String query) {
        server.settle();
        return Json.parse(server.get("/_belfry/deliveries" + query).body())
                .valueStream()
                .toList();
    }

    private String subscribe(String period) {
        String arn = sns.subscribe(r -> r.topicArn(topic)
                        .protocol("email")
                        .endpoint("ann@example.com")
                        .attributes(Map.of("BelfryDigest", period))
                        .returnSubscriptionArn(true))
                .subscriptionArn();
        Matcher link = Pattern.compile("/_belfry/confirm\\?\\S+").matcher(last());
        assertThat(link.find()).isTrue();
        assertThat(server.get(link.group()).statusCode()).isEqualTo(200);
        return arn;
    }

    private String publish(String subject, String message) {
        String id = sns.publish(r -> r.topicArn(topic).subject(subject).message(message))
                .messageId();
        server.settle();
        return id;
    }

    private void set(String subscription, String value) {
        var unused = sns.setSubscriptionAttributes(r ->
                r.subscriptionArn(subscription).attributeName("BelfryDigest").attributeValue(value));
    }

    private String digestOf(String subscription) {
        return sns.getSubscriptionAttributes(r -> r.subscriptionArn(subscription))
                .attributes()
                .getOrDefault("BelfryDigest", "");
    }

    @Test
    void theFirstComesAtOnceAndTheRestInOneMail() {
        subscribe("300");
        publish("one", "the first");
        assertThat(subjects()).containsExactly("one");
        String second = publish("two", "the second");
        server.advance(Duration.ofMinutes(2));
        publish("three", "the third");
        assertThat(deliveries("?message=" + second)).singleElement().satisfies(delivery -> {
            assertThat(delivery.path("state").asText()).isEqualTo("Gathered");
            assertThat(delivery.path("reason").asText()).isEqualTo("waits for its digest");
            assertThat(delivery.path("nextAt").asText()).isEqualTo("2026-03-02T10:05:00Z");
        });
        server.advance(Duration.ofMinutes(3).minusMillis(1));
        assertThat(subjects()).containsExactly("one");
        server.advance(Duration.ofMillis(1));

        assertThat(subjects()).containsExactly("one", "Digest of 2 messages from alerts");
        assertThat(last())
                .contains("2 messages came to the topic " + topic + " from 2026-03-02 10:00:00 to 10:02:00 UTC")
                .containsSubsequence("10:00:00  two\n    the second", "10:02:00  three\n    the third")
                .doesNotContain("the first");
        JsonNode digest = deliveries("?limit=1").getFirst();
        assertThat(deliveries("?digest=" + digest.path("id"))).hasSize(2).allSatisfy(delivery -> {
            assertThat(delivery.path("state").asText()).isEqualTo("Sent");
            assertThat(delivery.path("digest")).isEqualTo(digest.path("id"));
            assertThat(delivery.path("mailId")).isEqualTo(digest.path("mailId"));
        });
        server.advance(Duration.ofHours(1));
        assertThat(subjects()).hasSize(2);
    }

    @Test
    void aFloodIsOneMailAPeriodAndAQuietPeriodEndsIt() {
        subscribe("PT1M");
        for (int second = 0; second < 150; second += 10) {
            publish("at " + second, "flood");
            server.advance(Duration.ofSeconds(10));
        }
        server.advance(Duration.ofSeconds(30));
        assertThat(subjects())
                .containsExactly(
                        "at 0",
                        "Digest of 5 messages from alerts",
                        "Digest of 6 messages from alerts",
                        "Digest of 3 messages from alerts");
        // The window after the last digest is not over yet.
        publish("soon", "gathered");
        assertThat(subjects()).hasSize(4);
        server.advance(Duration.ofMinutes(2));
        publish("later", "at once");
        assertThat(subjects()).endsWith("soon", "later");
    }

    @Test
    void aSingleMessageGoesAsTheMailThatItIs() {
        subscribe("PT5M");
        publish("one", "the first");
        String second = publish("two", "the second");
        server.advance(Duration.ofMinutes(5));
        assertThat(subjects()).containsExactly("one", "two");
        assertThat(last()).startsWith("the second\n\n--\nIf you wish to stop");
        assertThat(deliveries("?message=" + second)).singleElement().satisfies(delivery -> {
            assertThat(delivery.path("state").asText()).isEqualTo("Sent");
            assertThat(delivery.path("digest").isNull()).isTrue();
        });
    }

    private void alarm(String name) {
        var unused = cloudWatch.putMetricAlarm(r -> r.alarmName(name)
                .namespace("Security")
                .metricName("SecretReads")
                .statistic(Statistic.SUM)
                .period(60)
                .evaluationPeriods(1)
                .threshold(1.0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .treatMissingData("ignore")
                .alarmActions(topic)
                .okActions(topic));
    }

    private void set(String alarm, StateValue state) {
        var unused = cloudWatch.setAlarmState(
                r -> r.alarmName(alarm).stateValue(state).stateReason("testing <b>by hand</b>"));
        server.settle();
    }

    @Test
    void alarmsAreListedInTheirOrderWithHowTheyEnd() {
        subscribe("PT5M");
        alarm("SecretRead");
        alarm("KeyDisabled");
        set("SecretRead", StateValue.ALARM);
        set("SecretRead", StateValue.OK);
        server.advance(Duration.ofSeconds(20));
        set("KeyDisabled", StateValue.ALARM);
        set("SecretRead", StateValue.ALARM);
        set("SecretRead", StateValue.OK);
        server.advance(Duration.ofMinutes(5));

        JsonNode mail = mails().getLast();
        assertThat(mail.path("subject").asText())
                .isEqualTo("Digest of 4 messages: ALARM \"KeyDisabled\"; OK \"SecretRead\"");
        assertThat(mail.path("text").asText())
                .contains("4 messages  |  2 alarms (1 in ALARM)")
                .contains("KeyDisabled:  ALARM since 10:00:20\n")
                .contains("SecretRead:   OK\n              10:00:00 OK → 10:00:20 ALARM → 10:00:20 OK\n")
                .containsSubsequence(
                        "10:00:00  OK  SecretRead: testing <b>by hand</b>",
                        "10:00:20  ALARM  KeyDisabled: testing",
                        "10:00:20  ALARM  SecretRead: testing",
                        "10:00:20  OK  SecretRead: testing");
        assertThat(mail.path("html").asText())
                .contains("testing &lt;b&gt;by hand&lt;/b&gt;", "#b42318", ">OK</b>")
                .doesNotContain("<b>by hand</b>");
    }

    @Test
    void theFirstAlarmDoesNotWaitBehindMessagesOfLessWeight() {
        subscribe("PT5M");
        alarm("SecretRead");
        alarm("KeyDisabled");
        publish("file", "a new file");
        publish("file", "another file");
        set("SecretRead", StateValue.OK);
        set("SecretRead", StateValue.ALARM);
        set("KeyDisabled", StateValue.ALARM);
        assertThat(subjects()).containsExactly("file", "ALARM: \"SecretRead\" in US East (N. Virginia)");
        server.advance(Duration.ofMinutes(5));
        assertThat(subjects()).hasSize(3).endsWith("Digest of 3 messages: ALARM \"SecretRead\", \"KeyDisabled\"");
        assertThat(last())
                .contains("SecretRead:   ALARM\n              10:00:00 OK → 10:00:00 ALARM\n")
                .contains("ALARM  SecretRead: testing <b>by hand</b> (mailed at once)");
        // As long as alarms go on, they do not come singly.
        for (int i = 0; i < 3; i++) {
            set("SecretRead", StateValue.OK);
            set("SecretRead", StateValue.ALARM);
            server.advance(Duration.ofMinutes(4));
        }
        assertThat(subjects().subList(3, subjects().size()))
                .containsExactly(
                        "ALARM: \"SecretRead\" in US East (N. Virginia)",
                        "Digest of 3 messages: ALARM \"SecretRead\"",
                        "Digest of 2 messages: ALARM \"SecretRead\"");
    }

    /** An OK that waits alone must not come after the ALARM that was mailed meanwhile, as if it were news. */
    @Test
    void aSingleMessageThatWasOvertakenComesInADigest() {
        subscribe("PT5M");
        alarm("SecretRead");
        publish("file", "a new file");
        set("SecretRead", StateValue.OK);
        set("SecretRead", StateValue.ALARM);
        server.advance(Duration.ofMinutes(5));
        assertThat(subjects())
                .containsExactly(
                        "file",
                        "ALARM: \"SecretRead\" in US East (N. Virginia)",
                        "Digest of 1 message: ALARM \"SecretRead\"");
        assertThat(last()).contains("10:00:00 OK → 10:00:00 ALARM");
    }

    @Test
    void aDigestAboutOneAlarmBelongsToItsConversation() {
        subscribe("PT5M");
        alarm("SecretRead");
        set("SecretRead", StateValue.ALARM);
        set("SecretRead", StateValue.OK);
        set("SecretRead", StateValue.ALARM);
        server.advance(Duration.ofMinutes(5));
        assertThat(subjects())
                .containsExactly(
                        "ALARM: \"SecretRead\" in US East (N. Virginia)", "Digest of 2 messages: ALARM \"SecretRead\"");
        List<List<String>> threads = server.belfry()
                .store()
                .read(tx -> tx.query(
                        "SELECT mail_id, in_reply_to FROM outbox WHERE alarm IS NOT NULL AND digest IS NULL ORDER BY seq",
                        row -> List.of(row.text(1), String.valueOf(row.textOrNull(2)))));
        assertThat(threads).hasSize(2);
        assertThat(threads.getLast().getLast()).isEqualTo(threads.getFirst().getFirst());
        assertThat(deliveries("?alarm=SecretRead")).hasSize(4);
    }

    @Test
    void aLineSaysWhoDidWhatAndLeadsToTheRecords() {
        subscribe("PT5M");
        alarm("Other");
        set("Other", StateValue.ALARM);
        alarm("SecretRead");
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
                        .message(Samples.record("mallory", "e0b9f3c5-59b8-4c3b-9e0e-1234567890ab", "aws-cli/2.15.30 x"))
                        .build()));
        server.settle();
        publish("after", "word for word: " + "long ".repeat(200) + "to the end");
        server.advance(Duration.ofMinutes(5));

        assertThat(last())
                .contains("ALARM  SecretRead: mallory called GetSecretValue on prod/db\n")
                .contains("1 event  |  1 principal", "from 203.0.113.9 with aws-cli/2.15.30, the newest at 2026-03-02");
        Matcher links = Pattern.compile("/_belfry/alert\\?id=\\S+").matcher(last());
        assertThat(links.find()).isTrue();
        assertThat(server.get(links.group()).body()).contains("&quot;userName&quot; : &quot;mallory&quot;");
        assertThat(links.find()).isTrue();
        assertThat(server.get(links.group()).body())
                .contains("You are receiving this email because your Amazon CloudWatch Alarm", "long to the end")
                .doesNotContain("If you wish to stop");
        assertThat(last()).doesNotContain("to the end");
    }

    @Test
    void whatStrangersWriteIsShownAndDoesNothing() {
        subscribe("PT5M");
        publish("before", "opens the window");
        publish("plain", "one\u202Etwo\u001B[31m\nthree <script>alert(1)</script>");
        publish("s3", "{\"s3Bucket\":\"b\",\"s3ObjectKey\":[\"a\\n10:00:00  ALARM  faked <img src=x>\"]}");
        server.advance(Duration.ofMinutes(5));
        assertThat(last())
                .contains("one\\u202etwo\\u001b[31m three <script>alert(1)</script>\n")
                .contains("10:00:00  a\\n10:00:00  ALARM  faked <img src=x>\n");
        assertThat(mails().getLast().path("html").asText())
                .contains("one\\u202etwo", "&lt;script&gt;alert(1)", "&lt;img src=x&gt;")
                .doesNotContain("<script", "<img", "\u202E", "\u001B");
        Matcher page = Pattern.compile("/_belfry/alert\\?id=\\S+").matcher(last());
        assertThat(page.find()).isTrue();
        assertThat(server.get(page.group()).body())
                .contains("&lt;script&gt;")
                .doesNotContain("<script", "<img", "\u202E", "\u001B");
    }

    @Test
    void filesAreAListOfKeys() {
        subscribe("PT5M");
        publish("before", "opens the window");
        publish("s3", "{\"s3Bucket\":\"trail\",\"s3ObjectKey\":[\"AWSLogs/1/a.json.gz\",\"AWSLogs/1/b.json.gz\"]}");
        server.advance(Duration.ofMinutes(1));
        publish(
                "s3",
                "{\"Records\":[{\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectCreated:Put\",\"s3\":"
                        + "{\"bucket\":{\"name\":\"other\"},\"object\":{\"key\":\"with+blank%2Band.txt\"}}}]}");
        server.advance(Duration.ofMinutes(5));
        assertThat(last())
                .contains("2 messages  |  3 files")
                .contains("Files in the bucket trail\n\n10:00:00  AWSLogs/1/a.json.gz\n10:00:00  AWSLogs/1/b.json.gz\n")
                .contains("Files in the bucket other\n\n10:01:00  with blank+and.txt\n")
                .doesNotContain("The messages, oldest first");
    }

    @Test
    void theSameThingAgainAndAgainIsOneLine() {
        subscribe("PT5M");
        publish("before", "opens the window");
        for (int i = 0; i < 17; i++) {
            publish("disk full", "on host 7");
            server.advance(Duration.ofSeconds(1));
        }
        server.advance(Duration.ofMinutes(5));
        assertThat(last()).contains("10:00:00  disk full (17 times until 10:00:16)\n    on host 7\n");
    }

    @Test
    void aFullDigestGoesBeforeItsTime() {
        subscribe("PT24H");
        publish("first", "opens the window");
        for (int batch = 0; batch < Digests.MESSAGES_MAX / 10; batch++) {
            List<PublishBatchRequestEntry> entries = IntStream.range(0, 10)
                    .mapToObj(i -> PublishBatchRequestEntry.builder()
                            .id("m" + i)
                            .message("different " + i)
                            .build())
                    .toList();
            var unused = sns.publishBatch(r -> r.topicArn(topic).publishBatchRequestEntries(entries));
        }
        assertThat(subjects()).containsExactly("first", "Digest of 1000 messages from alerts");
        assertThat(last()).contains("and 900 more.");
    }

    @Test
    void theAttributeIsSetShownChangedAndRemoved() {
        String arn = subscribe("300");
        assertThat(digestOf(arn)).isEqualTo("PT5M");
        assertThat(sns.subscribe(r -> r.topicArn(topic)
                                .protocol("email")
                                .endpoint("ann@example.com")
                                .attributes(Map.of("BelfryDigest", "PT5M")))
                        .subscriptionArn())
                .isEqualTo(arn);
        publish("one", "the first");
        publish("two", "the second");
        publish("three", "the third");
        set(arn, "PT1M");
        assertThat(digestOf(arn)).isEqualTo("PT1M");
        server.advance(Duration.ofMinutes(1));
        assertThat(subjects()).containsExactly("one", "Digest of 2 messages from alerts");
        publish("four", "the fourth");
        publish("five", "the fifth");
        set(arn, "");
        assertThat(digestOf(arn)).isEmpty();
        assertThat(subjects()).hasSize(3).endsWith("Digest of 2 messages from alerts");
        publish("six", "the sixth");
        assertThat(subjects()).hasSize(4).endsWith("six");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        String arn = subscribe("P1D");
        assertThat(digestOf(arn)).isEqualTo("PT24H");
        for (String wrong : List.of("59", "86401", "PT59S", "PT25H", "5 minutes", "PT1.5M", "-300", "PT", "P1M")) {
            assertThatThrownBy(() -> set(arn, wrong))
                    .isInstanceOf(InvalidParameterException.class)
                    .hasMessageContaining("Invalid parameter: BelfryDigest: Invalid value [" + wrong
                            + "]. Must be a time from PT1M to PT24H, or its seconds from 60 to 86400.");
        }
        for (String protocol : List.of("email-json", "http", "sqs")) {
            String endpoint = Map.of(
                            "http", "http://127.0.0.1:9/", "sqs", "arn:aws:sqs:us-east-1:" + TestServer.ACCOUNT + ":q")
                    .getOrDefault(protocol, "bob@example.com");
            assertThatThrownBy(() -> sns.subscribe(r -> r.topicArn(topic)
                            .protocol(protocol)
                            .endpoint(endpoint)
                            .attributes(Map.of("BelfryDigest", "PT5M"))))
                    .isInstanceOf(InvalidParameterException.class)
                    .hasMessageContaining("Invalid parameter: Attributes Reason: BelfryDigest: Delivery protocol ["
                            + protocol + "] does not support digests.");
        }
    }

    @Test
    void whoDeletesTheTopicSilencesNothing() {
        subscribe("PT5M");
        publish("one", "the first");
        publish("two", "the second");
        publish("three", "the third");
        var unused = sns.deleteTopic(r -> r.topicArn(topic));
        server.advance(Duration.ofMinutes(6));
        assertThat(subjects()).containsExactly("one", "Digest of 2 messages from alerts");
        server.advance(Duration.ofHours(1));
        long windows = server.belfry().store().read(tx -> tx.count("SELECT COUNT(*) FROM digest_window"));
        assertThat(windows).isZero();
    }

    @Test
    void eachMessageInADigestCountsAsDelivered() {
        subscribe("PT5M");
        for (int i = 0; i < 4; i++) {
            publish("message " + i, "text");
        }
        server.advance(Duration.ofMinutes(10));
        double delivered = cloudWatch
                .getMetricStatistics(r -> r.namespace("AWS/SNS")
                        .metricName("NumberOfNotificationsDelivered")
                        .dimensions(Dimension.builder()
                                .name("TopicName")
                                .value("alerts")
                                .build())
                        .startTime(TestServer.START.minusSeconds(60))
                        .endTime(TestServer.START.plusSeconds(3_600))
                        .period(3_600)
                        .statistics(Statistic.SUM))
                .datapoints()
                .stream()
                .mapToDouble(point -> point.sum())
                .sum();
        assertThat(delivered).isEqualTo(4);
    }
}
