package belfry.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.Options;
import belfry.TestServer;
import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** SMS attributes, and numbers whose owners want no more (docs/decisions/0820). */
class TextMessagesTest {
    private static final String NUMBER = "+12065550100";
    private static final String STOPPED =
            "{\"code\": 21610, \"message\": \"Attempt to send to unsubscribed recipient\"}";

    private final WebReceiver receiver = new WebReceiver();
    private TestServer server;
    private SnsClient sns;

    @BeforeEach
    void start() {
        server = TestServer.start(Options.development()
                .with("sms-from", "+15005550006")
                .with("sms-gateway", receiver.url("/sms").replace("http://", "json+http://")));
        sns = server.client(SnsClient.builder());
    }

    @AfterEach
    void stop() {
        server.close();
        receiver.close();
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    private JsonNode sent(Map<String, MessageAttributeValue> attributes) {
        var unused = sns.publish(r -> r.phoneNumber(NUMBER).message("hello").messageAttributes(attributes));
        server.settle();
        return Json.parse(receiver.last().body());
    }

    private void set(String name, String value) {
        var unused = sns.setSMSAttributes(r -> r.attributes(Map.of(name, value)));
    }

    @Test
    void theSenderIsTheMessagesElseTheAccountsElseTheServers() {
        assertThat(sent(Map.of()).path("from").textValue()).isEqualTo("+15005550006");
        set("DefaultSenderID", "Belfry");
        assertThat(sent(Map.of()).path("from").textValue()).isEqualTo("Belfry");
        assertThat(sent(Map.of("AWS.SNS.SMS.SenderID", text("Watch")))
                        .path("from")
                        .textValue())
                .isEqualTo("Watch");
        assertThat(sent(Map.of("AWS.MM.SMS.OriginationNumber", text("+18005550199")))
                        .path("from")
                        .textValue())
                .isEqualTo("+18005550199");
        set("DefaultSenderID", "");
        assertThat(sent(Map.of()).path("from").textValue()).isEqualTo("+15005550006");
    }

    @Test
    void theTypeIsToldWhereOneWasGiven() {
        assertThat(sent(Map.of()).has("type")).isFalse();
        set("DefaultSMSType", "Promotional");
        assertThat(sent(Map.of()).path("type").textValue()).isEqualTo("Promotional");
        assertThat(sent(Map.of("AWS.SNS.SMS.SMSType", text("Transactional")))
                        .path("type")
                        .textValue())
                .isEqualTo("Transactional");
    }

    @Test
    void aTopicsMessagesCarryThemToo() {
        set("DefaultSenderID", "Belfry");
        String topic = sns.createTopic(r -> r.name("alerts")).topicArn();
        var subscribed = sns.subscribe(r -> r.topicArn(topic).protocol("sms").endpoint(NUMBER));
        var published = sns.publish(r ->
                r.topicArn(topic).message("x").messageAttributes(Map.of("AWS.SNS.SMS.SenderID", text("not one!"))));
        server.settle();
        assertThat(subscribed.subscriptionArn()).startsWith(topic);
        assertThat(published.messageId()).isNotEmpty();
        assertThat(Json.parse(receiver.last().body()).path("from").textValue()).isEqualTo("Belfry");
    }

    @Test
    void settingsAreKeptByRegionAndReadByName() {
        set("DefaultSenderID", "Belfry");
        set("DefaultSMSType", "Transactional");
        assertThat(sns.getSMSAttributes(r -> {}).attributes())
                .isEqualTo(Map.of("DefaultSenderID", "Belfry", "DefaultSMSType", "Transactional"));
        assertThat(sns.getSMSAttributes(r -> r.attributes("DefaultSMSType")).attributes())
                .isEqualTo(Map.of("DefaultSMSType", "Transactional"));
        try (SnsClient elsewhere = SnsClient.builder()
                .endpointOverride(server.url())
                .region(Region.EU_WEST_3)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(TestServer.USER, "not-a-secret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            assertThat(elsewhere.getSMSAttributes(r -> {}).attributes()).isEmpty();
        }
    }

    @Test
    void whatNothingCouldActOnIsRefusedByName() {
        for (String name : new String[] {
            "MonthlySpendLimit", "DeliveryStatusIAMRole", "DeliveryStatusSuccessSamplingRate", "UsageReportS3Bucket"
        }) {
            assertThatThrownBy(() -> set(name, "1"))
                    .as(name)
                    .hasMessageContaining("does not implement")
                    .hasMessageContaining(name);
            set(name, "");
        }
        assertThatThrownBy(() -> set("Colour", "red")).hasMessageContaining("there is no SMS attribute Colour");
        assertThatThrownBy(() -> set("DefaultSenderID", "twelve chars")).hasMessageContaining("1 to 11 letters");
        assertThatThrownBy(() -> set("DefaultSenderID", "12345")).hasMessageContaining("at least one of them a letter");
        assertThatThrownBy(() -> set("DefaultSMSType", "Urgent")).hasMessageContaining("Promotional or Transactional");
        assertThatThrownBy(() -> sent(Map.of("AWS.SNS.SMS.SMSType", text("Urgent"))))
                .hasMessageContaining("AWS.SNS.SMS.SMSType Reason: 'Urgent' is not valid");
        assertThatThrownBy(() -> sent(Map.of("AWS.SNS.SMS.MaxPrice", text("0.5"))))
                .hasMessageContaining("AWS.SNS.SMS.MaxPrice");
        assertThat(receiver.got()).isEmpty();
        assertThat(sns.getSMSAttributes(r -> {}).attributes()).isEmpty();
    }

    @Test
    void twiliosFormTellsASenderButNoType() {
        try (TestServer twilio = TestServer.start(Options.development()
                .with("sms-from", "+15005550006")
                .with("sms-gateway", receiver.url("/m").replace("http://", "twilio+http://AC1:tok@")))) {
            SnsClient client = twilio.client(SnsClient.builder());
            var unused = client.setSMSAttributes(r -> r.attributes(Map.of("DefaultSenderID", "Belfry")));
            var sent = client.publish(r -> r.phoneNumber(NUMBER).message("hi"));
            twilio.settle();
            assertThat(sent.messageId()).isNotEmpty();
            assertThat(receiver.last().body()).isEqualTo("To=%2B12065550100&From=Belfry&Body=hi");
            assertThatThrownBy(
                            () -> client.setSMSAttributes(r -> r.attributes(Map.of("DefaultSMSType", "Promotional"))))
                    .hasMessageContaining("DefaultSMSType");
        }
    }

    @Test
    void aNumberThatOptedOutIsLeftInPeaceUntilItIsOptedIn() {
        assertThat(optedOut()).isFalse();
        receiver.answers(400, STOPPED);
        sent(Map.of());
        assertThat(optedOut()).isTrue();
        assertThat(sns.listPhoneNumbersOptedOut(r -> {}).phoneNumbers()).containsExactly(NUMBER);
        receiver.answers(200, "");
        int before = receiver.got().size();
        sent(Map.of());
        assertThat(receiver.got()).hasSize(before);
        var unused = sns.optInPhoneNumber(r -> r.phoneNumber("+1 206 555 0100"));
        assertThat(optedOut()).isFalse();
        assertThat(sns.listPhoneNumbersOptedOut(r -> {}).phoneNumbers()).isEmpty();
        sent(Map.of());
        assertThat(receiver.got()).hasSize(before + 1);
    }

    private boolean optedOut() {
        return sns.checkIfPhoneNumberIsOptedOut(r -> r.phoneNumber(NUMBER)).isOptedOut();
    }

    @Test
    void anotherRefusalIsNoOptOut() {
        receiver.answers(400, "{\"code\": 21211, \"message\": \"21610 is no number\"}");
        sent(Map.of());
        assertThat(optedOut()).isFalse();
        receiver.answers(503, STOPPED);
        sent(Map.of());
        assertThat(optedOut()).isFalse();
    }

    @Test
    void whatATopicSendsToItIsBuriedAndSaysWhy() {
        SqsClient sqs = server.client(SqsClient.builder());
        String url = sqs.createQueue(r -> r.queueName("dead")).queueUrl();
        String queue = sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        var unusedAnswer = sqs.setQueueAttributes(r -> r.queueUrl(url)
                .attributes(Map.of(
                        QueueAttributeName.POLICY,
                        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sqs:SendMessage\",\"Resource\":\""
                                + queue + "\"}]}")));
        String topic = sns.createTopic(r -> r.name("alerts")).topicArn();
        var unusedArn = sns.subscribe(r -> r.topicArn(topic)
                .protocol("sms")
                .endpoint(NUMBER)
                .attributes(Map.of("RedrivePolicy", "{\"deadLetterTargetArn\":\"" + queue + "\"}")));
        receiver.answers(400, STOPPED);
        for (String text : new String[] {"first", "second"}) {
            var unused = sns.publish(r -> r.topicArn(topic).message(text));
            server.settle();
            var dead = sqs.receiveMessage(r -> r.queueUrl(url).messageAttributeNames("All"))
                    .messages()
                    .getFirst();
            assertThat(dead.body()).isEqualTo(text);
            assertThat(dead.messageAttributes())
                    .hasEntrySatisfying(
                            "ErrorCode",
                            value -> assertThat(value.stringValue()).isEqualTo("OptedOut"))
                    .hasEntrySatisfying(
                            "ErrorMessage",
                            value -> assertThat(value.stringValue()).contains(NUMBER + " has opted out"));
        }
        assertThat(receiver.got()).hasSize(1);
    }

    @Test
    void thereIsNoSandbox() {
        assertThat(sns.getSMSSandboxAccountStatus(r -> {}).isInSandbox()).isFalse();
        assertThatThrownBy(() -> sns.optInPhoneNumber(r -> r.phoneNumber("alice")))
                .hasMessageContaining("Invalid parameter: phoneNumber Reason: alice");
        try (TestServer none = TestServer.start()) {
            assertThatThrownBy(() -> none.client(SnsClient.builder())
                            .setSMSAttributes(r -> r.attributes(Map.of("DefaultSenderID", "Belfry"))))
                    .hasMessageContaining("--sms-gateway");
        }
    }
}
