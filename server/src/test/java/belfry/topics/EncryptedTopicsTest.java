package belfry.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.Options;
import belfry.TestServer;
import belfry.base.Clock;
import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Topics under a KMS key: who may publish, what the trail says, and what lies on disk. */
class EncryptedTopicsTest {
    private static final String ALARM = "secret-read";

    @TempDir
    private Path folder;

    private final WebReceiver receiver = new WebReceiver();
    private TestServer server;
    private SnsClient sns;
    private KmsClient kms;
    private String topic;

    @BeforeEach
    void start() {
        Map<String, String> options =
                Map.of("dev", "true", "port", "0", "data-dir", folder.toString(), "sms-gateway", receiver.url("/sms"));
        server = TestServer.start(Options.read(options, Map.of()), Clock.stoppedAt(TestServer.START));
        sns = server.client(SnsClient.builder());
        kms = server.client(KmsClient.builder());
        topic = sns.createTopic(r -> r.name("alerts")).topicArn();
    }

    @AfterEach
    void stop() {
        server.close();
        receiver.close();
    }

    private void key(String keyId) {
        var unused = sns.setTopicAttributes(
                r -> r.topicArn(topic).attributeName("KmsMasterKeyId").attributeValue(keyId));
    }

    private Map<String, String> attributes() {
        return sns.getTopicAttributes(r -> r.topicArn(topic)).attributes();
    }

    private String publish(String message) {
        String id = sns.publish(r -> r.topicArn(topic).message(message)).messageId();
        server.settle();
        return id;
    }

    private String subscribe(String protocol, String endpoint) {
        String arn = sns.subscribe(r ->
                        r.topicArn(topic).protocol(protocol).endpoint(endpoint).returnSubscriptionArn(true))
                .subscriptionArn();
        server.settle();
        return arn;
    }

    private void subscribeMail() {
        var unused = subscribe("email", "ann@example.com");
        String token = TopicsHouse.token(mails().getLast().path("text").asText());
        var unusedToo = sns.confirmSubscription(r -> r.topicArn(topic).token(token));
    }

    private void subscribeHttp() {
        var unused = subscribe("http", receiver.url("/hook"));
        URI link = URI.create(
                Json.parse(receiver.last().body()).path("SubscribeURL").textValue());
        assertThat(server.get(link.getRawPath() + "?" + link.getRawQuery()).statusCode())
                .isEqualTo(200);
    }

    private List<JsonNode> list(String page) {
        server.settle();
        return StreamSupport.stream(Json.parse(server.get(page).body()).spliterator(), false)
                .toList();
    }

    private List<JsonNode> mails() {
        return list("/_belfry/mail");
    }

    private static void refused(ThrowingCallable call, String code, String message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AwsServiceException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(message);
            assertThat(e.statusCode()).isEqualTo(400);
        });
    }

    /** KMS's calls in the event history, oldest first. */
    private List<JsonNode> records(String name) {
        server.settle();
        return server.client(CloudTrailClient.builder()).lookupEventsPaginator(r -> {}).events().stream()
                .filter(event -> event.eventName().equals(name))
                .map(event -> Json.parse(event.cloudTrailEvent()))
                .toList()
                .reversed();
    }

    private String customerKey(String service) {
        String account = "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::" + TestServer.ACCOUNT
                + ":root\"},\"Action\":\"kms:*\",\"Resource\":\"*\"}";
        String statement = "{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"" + service
                + "\"},\"Action\":[\"kms:GenerateDataKey*\",\"kms:Decrypt\"],\"Resource\":\"*\",\"Condition\":"
                + "{\"StringEquals\":{\"kms:ViaService\":\"sns.us-east-1.amazonaws.com\","
                + "\"kms:EncryptionContext:aws:sns:topicArn\":\"" + topic + "\"}}}";
        return kms.createKey(
                        r -> r.policy("{\"Version\":\"2012-10-17\",\"Statement\":[" + account + "," + statement + "]}"))
                .keyMetadata()
                .arn();
    }

    private AlarmHistoryItem alarm() {
        CloudWatchClient cloudWatch = server.client(CloudWatchClient.builder());
        var unused = cloudWatch.putMetricAlarm(r -> r.alarmName(ALARM)
                .namespace("Tests")
                .metricName("reads")
                .statistic("Sum")
                .period(60)
                .evaluationPeriods(1)
                .threshold(1.0)
                .comparisonOperator("GreaterThanOrEqualToThreshold")
                .alarmActions(topic));
        var unusedSet = cloudWatch.setAlarmState(
                r -> r.alarmName(ALARM).stateValue("ALARM").stateReason("tried"));
        server.settle();
        var unusedBack = cloudWatch.setAlarmState(
                r -> r.alarmName(ALARM).stateValue("OK").stateReason("over"));
        return cloudWatch
                .describeAlarmHistory(r -> r.alarmName(ALARM).historyItemType(HistoryItemType.ACTION))
                .alarmHistoryItems()
                .getFirst();
    }

    @Test
    void theKeyIsReadBackAsGiven() {
        String key = kms.createKey().keyMetadata().keyId();
        var unused = kms.createAlias(r -> r.aliasName("alias/tower").targetKeyId(key));
        String arn = "arn:aws:kms:us-east-1:" + TestServer.ACCOUNT + ":";
        for (String given : List.of(
                key, arn + "key/" + key, "alias/tower", arn + "alias/tower", "alias/aws/sns", arn + "alias/aws/sns")) {
            key(given);
            assertThat(attributes()).containsEntry("KmsMasterKeyId", given);
            assertThat(publish(given)).isNotEmpty();
        }
        key("");
        assertThat(attributes()).doesNotContainKey("KmsMasterKeyId");
        assertThat(sns.createTopic(r -> r.name("sealed").attributes(Map.of("KmsMasterKeyId", "alias/aws/sns")))
                        .topicArn())
                .endsWith(":sealed");
        refused(() -> key("two words"), "InvalidParameter", "Invalid parameter: KmsMasterKeyId");
    }

    @Test
    void aKeyThatCannotBeUsedRefusesTheMessage() {
        String key = kms.createKey().keyMetadata().arn();
        key(key);
        var unused = kms.disableKey(r -> r.keyId(key));
        String said = " (Service: AWSKMS; Status Code: 400; Error Code: ";
        refused(() -> publish("x"), "KMSDisabled", key + " is disabled." + said + "DisabledException)");
        refused(
                () -> sns.publishBatch(r -> r.topicArn(topic)
                        .publishBatchRequestEntries(PublishBatchRequestEntry.builder()
                                .id("1")
                                .message("x")
                                .build())),
                "KMSDisabled",
                key + " is disabled." + said + "DisabledException)");
        var unusedToo = kms.scheduleKeyDeletion(r -> r.keyId(key));
        refused(
                () -> publish("x"),
                "KMSInvalidState",
                key + " is pending deletion." + said + "KMSInvalidStateException)");
        key("alias/nowhere");
        refused(
                () -> publish("x"),
                "KMSNotFound",
                "Alias arn:aws:kms:us-east-1:" + TestServer.ACCOUNT + ":alias/nowhere is not found." + said
                        + "NotFoundException)");
        key("nonsense");
        refused(() -> publish("x"), "KMSNotFound", "Invalid keyId 'nonsense'" + said + "NotFoundException)");
        assertThat(records("GenerateDataKey"))
                .hasSize(5)
                .allSatisfy(
                        record -> assertThat(record.path("errorCode").asText()).isNotEmpty());
    }

    @Test
    void kmsIsAskedOnceInFiveMinutesForEachPublisher() {
        key("alias/aws/sns");
        publish("one");
        publish("two");
        server.advance(Duration.ofMinutes(4));
        publish("three");
        assertThat(records("GenerateDataKey")).singleElement().satisfies(record -> {
            assertThat(record.path("userIdentity").path("invokedBy").asText()).isEqualTo("sns.amazonaws.com");
            assertThat(record.path("userIdentity").path("userName").asText()).isEqualTo(TestServer.USER);
            assertThat(record.path("sourceIPAddress").asText()).isEqualTo("sns.amazonaws.com");
            assertThat(Json.write(record.path("requestParameters")))
                    .isEqualTo("{\"keyId\":\"alias/aws/sns\",\"keySpec\":\"AES_256\",\"encryptionContext\":"
                            + "{\"aws:sns:topicArn\":\"" + topic + "\"}}");
            assertThat(record.path("resources").path(0).path("type").asText()).isEqualTo("AWS::KMS::Key");
        });
        assertThat(records("Decrypt")).hasSize(1);
        var unused = server.client(SnsClient.builder(), "bob")
                .publish(r -> r.topicArn(topic).message("from another"));
        assertThat(records("GenerateDataKey")).hasSize(2);
        server.advance(Duration.ofMinutes(1));
        publish("four");
        assertThat(records("GenerateDataKey")).hasSize(3);
    }

    @Test
    void anAlarmCannotUseTheManagedKeyAndItsHistorySaysSo() {
        subscribeMail();
        key("alias/aws/sns");
        publish("people can");
        assertThat(mails()).hasSize(2);

        AlarmHistoryItem item = alarm();
        String words = "CloudWatch Alarms does not have authorization to access the SNS topic encryption key.";
        assertThat(item.historySummary())
                .isEqualTo("Failed to execute action " + topic + ". Received error: \"" + words + "\"");
        assertThat(mails()).hasSize(2);
        assertThat(list("/_belfry/deliveries?state=NotAuthorised"))
                .singleElement()
                .satisfies(row -> assertThat(row.path("reason").asText()).isEqualTo(words));
        JsonNode record = records("GenerateDataKey").getLast();
        assertThat(Json.write(record.path("userIdentity")))
                .isEqualTo("{\"type\":\"AWSService\",\"invokedBy\":\"cloudwatch.amazonaws.com\"}");
        assertThat(record.path("errorCode").asText()).isEqualTo("AccessDenied");
        assertThat(record.path("eventType").asText()).isEqualTo("AwsApiCall");
        var unused = alarm();
        assertThat(records("GenerateDataKey"))
                .as("a refusal is recorded once in a while")
                .hasSize(2);
    }

    @Test
    void anAlarmPublishesWhereTheKeysPolicyLetsItIn() {
        subscribeMail();
        String key = customerKey("cloudwatch.amazonaws.com");
        key(key);
        assertThat(alarm().historySummary()).isEqualTo("Successfully executed action " + topic);
        assertThat(mails()).hasSize(2);
        assertThat(mails().getLast().path("text").asText()).contains("tried");
        assertThat(records("GenerateDataKey")).singleElement().satisfies(record -> {
            assertThat(record.path("userIdentity").path("invokedBy").asText()).isEqualTo("cloudwatch.amazonaws.com");
            assertThat(record.path("resources").path(0).path("ARN").asText()).isEqualTo(key);
        });

        var unused = kms.disableKey(r -> r.keyId(key));
        assertThat(alarm().historySummary())
                .isEqualTo("Failed to execute action " + topic + ". Received error: \"" + key
                        + " is disabled. (Service: AWSKMS; Status Code: 400; Error Code: DisabledException)\"");
        assertThat(mails().getLast().path("text").asText()).contains("This mail is sealed", "KMSDisabled");
    }

    @Test
    void eventBridgeNeedsTheKeysPolicyToo() {
        subscribeMail();
        var unused = sns.setTopicAttributes(r -> r.topicArn(topic)
                .attributeName("Policy")
                .attributeValue("{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
                        + "\"events.amazonaws.com\"},\"Action\":\"sns:Publish\",\"Resource\":\"" + topic + "\"}]}"));
        SqsClient sqs = server.client(SqsClient.builder());
        String dead = sqs.createQueue(r -> r.queueName("dead")
                        .attributes(Map.of(
                                QueueAttributeName.POLICY,
                                "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sqs:*\","
                                        + "\"Resource\":\"*\"}]}")))
                .queueUrl();
        EventBridgeClient events = server.client(EventBridgeClient.builder());
        var unusedRule = events.putRule(r -> r.name("all").eventPattern("{\"source\":[\"tower\"]}"));
        var unusedTargets = events.putTargets(r -> r.rule("all")
                .targets(Target.builder()
                        .id("1")
                        .arn(topic)
                        .deadLetterConfig(d -> d.arn("arn:aws:sqs:us-east-1:" + TestServer.ACCOUNT + ":dead"))
                        .build()));

        key("alias/aws/sns");
        bell(events);
        var messages = sqs.receiveMessage(r -> r.queueUrl(dead).messageAttributeNames("All"))
                .messages();
        assertThat(messages).singleElement().satisfies(message -> {
            assertThat(attributeOf(message, "ERROR_CODE")).isEqualTo("NO_PERMISSIONS");
            assertThat(attributeOf(message, "ERROR_MESSAGE"))
                    .startsWith("KMSAccessDenied: events.amazonaws.com is not authorized to perform:"
                            + " kms:GenerateDataKey on resource: ");
        });
        assertThat(mails()).hasSize(1);

        key(customerKey("events.amazonaws.com"));
        bell(events);
        assertThat(mails()).hasSize(2);
    }

    private static String attributeOf(software.amazon.awssdk.services.sqs.model.Message message, String name) {
        return Objects.requireNonNull(message.messageAttributes().get(name)).stringValue();
    }

    private void bell(EventBridgeClient events) {
        var unused = events.putEvents(r -> r.entries(PutEventsRequestEntry.builder()
                .source("tower")
                .detailType("bell")
                .detail("{}")
                .build()));
        server.settle();
    }

    @Test
    void whatWaitsIsHeldBackWhileTheKeyIsDisabled() {
        subscribeHttp();
        String key = kms.createKey().keyMetadata().arn();
        key(key);
        receiver.answers(500);
        String id = publish("held");
        int tries = receiver.got().size();
        var unused = kms.disableKey(r -> r.keyId(key));
        receiver.answers(200);
        server.advance(Duration.ofMinutes(10));
        assertThat(receiver.got()).hasSize(tries);
        assertThat(decision(id))
                .isInstanceOfSatisfying(
                        Decision.Retrying.class,
                        waiting -> assertThat(waiting.reason()).startsWith("KMSDisabled: " + key + " is disabled."));
        var unusedToo = kms.enableKey(r -> r.keyId(key));
        server.advance(Duration.ofMinutes(1));
        assertThat(receiver.last().body()).contains("held");
        assertThat(decision(id)).isInstanceOf(Decision.Sent.class);
    }

    @Test
    void whatAGoneKeySealedIsDead() {
        subscribeHttp();
        String key = kms.createKey().keyMetadata().arn();
        key(key);
        receiver.answers(500);
        String id = publish("lost");
        int tries = receiver.got().size();
        var unused = kms.scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(7));
        server.advance(Duration.ofDays(7).plusMinutes(1));
        assertThat(decision(id)).isInstanceOf(Decision.Dead.class);
        assertThat(receiver.got()).hasSize(tries);
    }

    @Test
    void aDigestWaitsForTheKeyAndIsSealedToo() throws IOException {
        String marker = "zq7Kxmark5c1eBell";
        subscribeMail();
        String arn = sns.listSubscriptions().subscriptions().getFirst().subscriptionArn();
        var unused = sns.setSubscriptionAttributes(
                r -> r.subscriptionArn(arn).attributeName("BelfryDigest").attributeValue("PT5M"));
        String key =
                kms.createKey(r -> r.description("order.fifo")).keyMetadata().arn();
        key(key);
        publish("opens the window");
        publish("first " + marker);
        publish("second " + marker);
        search(marker);
        var unusedDisabled = kms.disableKey(r -> r.keyId(key));
        server.advance(Duration.ofMinutes(6));
        assertThat(mails()).hasSize(2);
        var unusedEnabled = kms.enableKey(r -> r.keyId(key));
        server.advance(Duration.ofMinutes(1));
        assertThat(mails()).hasSize(3);
        assertThat(mails().getLast().path("text").asText()).contains("first " + marker, "second " + marker);
        search(marker);
    }

    private Decision decision(String messageId) {
        server.settle();
        return server.belfry()
                .store()
                .read(tx -> Outbox.decisions(tx, messageId))
                .getFirst();
    }

    @Test
    void nothingOfAMessageLiesInPlainText() throws IOException {
        String marker = "zq7Kxmark5c1dBell";
        subscribeMail();
        subscribeHttp();
        var unused = subscribe("sms", "+15551234567");
        key("alias/aws/sns");
        // The endpoints repeat what they got, and refuse it: it waits, with their answers.
        receiver.echoes(500);
        String id = sns.publish(r -> r.topicArn(topic)
                        .subject("Hello")
                        .messageStructure("json")
                        .message("{\"default\":\"findable-" + marker + "\"}"))
                .messageId();
        String fifo = sns.createTopic(r -> r.name("order.fifo")
                        .attributes(Map.of(
                                "FifoTopic", "true",
                                "ContentBasedDeduplication", "true",
                                "KmsMasterKeyId", "alias/aws/sns")))
                .topicArn();
        var unusedOrdered =
                sns.publish(r -> r.topicArn(fifo).messageGroupId("g").message(marker));
        server.settle();
        assertThat(mails().getLast().path("text").asText()).startsWith("findable-" + marker);
        assertThat(receiver.got())
                .filteredOn(got -> got.body().contains(marker))
                .hasSize(2);
        assertThat(list("/_belfry/deliveries?message=" + id)).hasSize(3);
        assertThat(server.get("/_belfry/deliveries").body()).doesNotContain(marker);
        search(marker);
        server.close();
        search(marker);
        start();
        server.advance(Duration.ofMinutes(1));
        assertThat(receiver.got())
                .filteredOn(got -> got.body().contains(marker))
                .hasSizeGreaterThan(2);
    }

    private void search(String marker) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        boolean found = false;
        for (Path file : files) {
            String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            assertThat(text.contains(marker)).as("%s in %s", marker, file).isFalse();
            found |= text.contains("order.fifo");
        }
        assertThat(found).as("the search finds what is there").isTrue();
    }
}
