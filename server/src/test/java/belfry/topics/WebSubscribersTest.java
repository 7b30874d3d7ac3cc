package belfry.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.Options;
import belfry.TestServer;
import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** http subscriptions through the AWS SDK, with a real endpoint. */
class WebSubscribersTest {
    private final WebReceiver receiver = new WebReceiver();
    private TestServer server;
    private SnsClient sns;
    private String topic;

    @BeforeEach
    void start() {
        server = TestServer.start();
        sns = server.client(SnsClient.builder());
        topic = sns.createTopic(r -> r.name("alerts")).topicArn();
    }

    @AfterEach
    void stop() {
        server.close();
        receiver.close();
    }

    private String subscribe(Map<String, String> attributes) {
        String arn = sns.subscribe(r -> r.topicArn(topic)
                        .protocol("http")
                        .endpoint(receiver.url("/hook"))
                        .attributes(attributes)
                        .returnSubscriptionArn(true))
                .subscriptionArn();
        server.settle();
        return arn;
    }

    private String subscribeAndConfirm(Map<String, String> attributes) {
        String arn = subscribe(attributes);
        JsonNode asked = Json.parse(receiver.last().body());
        URI link = URI.create(asked.path("SubscribeURL").textValue());
        assertThat(server.get(link.getRawPath() + "?" + link.getRawQuery()).statusCode())
                .isEqualTo(200);
        return arn;
    }

    private String publish(String message) {
        String id = sns.publish(r -> r.topicArn(topic).message(message)).messageId();
        server.settle();
        return id;
    }

    private List<Decision> decisions(String messageId) {
        return server.belfry().store().read(tx -> Outbox.decisions(tx, messageId));
    }

    private static List<String> members(JsonNode json) {
        return json.propertyStream().map(Map.Entry::getKey).toList();
    }

    @Test
    void theEndpointIsAskedToConfirmBeforeItGetsAnything() {
        subscribe(Map.of());
        publish("too early");

        assertThat(receiver.got()).hasSize(1);
        WebReceiver.Got asked = receiver.last();
        assertThat(asked.path()).isEqualTo("/hook");
        assertThat(asked.header("x-amz-sns-message-type")).isEqualTo("SubscriptionConfirmation");
        assertThat(asked.header("x-amz-sns-topic-arn")).isEqualTo(topic);
        assertThat(asked.headers()).doesNotContainKey("x-amz-sns-subscription-arn");
        assertThat(asked.header("content-type")).isEqualTo("text/plain; charset=UTF-8");
        assertThat(asked.header("user-agent")).isEqualTo("Amazon Simple Notification Service Agent");
        JsonNode json = Json.parse(asked.body());
        assertThat(members(json))
                .containsExactly(
                        "Type",
                        "MessageId",
                        "Token",
                        "TopicArn",
                        "Message",
                        "SubscribeURL",
                        "Timestamp",
                        "SignatureVersion",
                        "Signature",
                        "SigningCertURL");
        assertThat(json.path("Message").textValue())
                .isEqualTo("You have chosen to subscribe to the topic " + topic
                        + ".\nTo confirm the subscription, visit the SubscribeURL included in this message.");
        assertThat(asked.header("x-amz-sns-message-id"))
                .isEqualTo(json.path("MessageId").textValue());
    }

    @Test
    void aNotificationHasAwsMembersInAwsOrder() {
        String arn = subscribeAndConfirm(Map.of());
        String id = sns.publish(r -> r.topicArn(topic)
                        .subject("About")
                        .message("what happened")
                        .messageAttributes(Map.of(
                                "kind",
                                MessageAttributeValue.builder()
                                        .dataType("String")
                                        .stringValue("test")
                                        .build())))
                .messageId();
        server.settle();

        WebReceiver.Got got = receiver.last();
        assertThat(got.header("x-amz-sns-message-type")).isEqualTo("Notification");
        assertThat(got.header("x-amz-sns-subscription-arn")).isEqualTo(arn);
        assertThat(got.header("x-amz-sns-message-id")).isEqualTo(id);
        assertThat(got.body()).startsWith("{\n  \"Type\" : \"Notification\",\n  \"MessageId\" : \"" + id + "\",\n");
        assertThat(members(Json.parse(got.body())))
                .containsExactly(
                        "Type",
                        "MessageId",
                        "TopicArn",
                        "Subject",
                        "Message",
                        "Timestamp",
                        "SignatureVersion",
                        "Signature",
                        "SigningCertURL",
                        "UnsubscribeURL",
                        "MessageAttributes");
        assertThat(decisions(id)).singleElement().isInstanceOf(Decision.Sent.class);
        assertThat(sns.getSubscriptionAttributes(r -> r.subscriptionArn(arn)).attributes())
                .containsEntry("ConfirmationWasAuthenticated", "false");
    }

    @Test
    void bothSignatureVersionsVerifyWithTheCertificateTheyName() throws Exception {
        subscribeAndConfirm(Map.of());
        for (String version : List.of("1", "2")) {
            var unused = sns.setTopicAttributes(
                    r -> r.topicArn(topic).attributeName("SignatureVersion").attributeValue(version));
            publish("signed with version " + version);
            JsonNode json = Json.parse(receiver.last().body());
            assertThat(json.path("SignatureVersion").textValue()).isEqualTo(version);
            assertThat(verifies(json, json.path("Message").textValue())).isTrue();
            assertThat(verifies(json, "something else")).isFalse();
        }
    }

    private boolean verifies(JsonNode json, String message) throws Exception {
        URI url = URI.create(json.path("SigningCertURL").textValue());
        assertThat(url.getPath()).matches("/SimpleNotificationService-[0-9a-f]{32}\\.pem");
        String pem = server.get(url.getPath()).body();
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        certificate.verify(certificate.getPublicKey());
        String algorithm = json.path("SignatureVersion").textValue().equals("2") ? "SHA256withRSA" : "SHA1withRSA";
        Signature signature = Signature.getInstance(algorithm);
        signature.initVerify(certificate);
        String text =
                "Message\n" + message + "\nMessageId\n" + json.path("MessageId").textValue() + "\nTimestamp\n"
                        + json.path("Timestamp").textValue() + "\nTopicArn\n" + topic + "\nType\nNotification\n";
        signature.update(text.getBytes(StandardCharsets.UTF_8));
        return signature.verify(
                Base64.getDecoder().decode(json.path("Signature").textValue()));
    }

    @Test
    void rawDeliveryBringsTheMessageAlone() {
        subscribeAndConfirm(Map.of(
                "RawMessageDelivery",
                "true",
                "DeliveryPolicy",
                "{\"requestPolicy\":{\"headerContentType\":\"application/json\"}}"));
        publish("{\"alone\":1}");
        assertThat(receiver.last().body()).isEqualTo("{\"alone\":1}");
        assertThat(receiver.last().header("x-amz-sns-rawdelivery")).isEqualTo("true");
        assertThat(receiver.last().header("content-type")).isEqualTo("application/json");
    }

    @Test
    void anEndpointThatLeavesIsToldAndCanComeBack() {
        String arn = subscribeAndConfirm(Map.of());
        URI leave = URI.create(receiverUnsubscribeUrl());
        assertThat(server.get(leave.getRawPath() + "?" + leave.getRawQuery()).statusCode())
                .isEqualTo(200);
        server.settle();
        JsonNode goodbye = Json.parse(receiver.last().body());
        assertThat(goodbye.path("Type").textValue()).isEqualTo("UnsubscribeConfirmation");
        assertThat(goodbye.path("Message").textValue())
                .isEqualTo("You have chosen to deactivate subscription " + arn
                        + ".\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in"
                        + " this message.");
        assertThat(sns.listSubscriptions().subscriptions()).isEmpty();

        URI back = URI.create(goodbye.path("SubscribeURL").textValue());
        assertThat(server.get(back.getRawPath() + "?" + back.getRawQuery()).statusCode())
                .isEqualTo(200);
        assertThat(sns.listSubscriptions().subscriptions())
                .singleElement()
                .satisfies(one -> assertThat(one.subscriptionArn()).isEqualTo(arn));
    }

    private String receiverUnsubscribeUrl() {
        publish("the first");
        return Json.parse(receiver.last().body()).path("UnsubscribeURL").textValue();
    }

    @Test
    void aFailingEndpointIsTriedFourTimesAndThenTheMessageIsBuried() {
        SqsClient sqs = server.client(SqsClient.builder());
        String url = sqs.createQueue(r -> r.queueName("dead")).queueUrl();
        String queue = "arn:aws:sqs:us-east-1:" + TestServer.ACCOUNT + ":dead";
        var unused = sqs.setQueueAttributes(r -> r.queueUrl(url)
                .attributes(Map.of(
                        QueueAttributeName.POLICY,
                        "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
                                + "\"sns.amazonaws.com\"},\"Action\":\"sqs:SendMessage\",\"Resource\":\"" + queue
                                + "\",\"Condition\":{\"ArnEquals\":{\"aws:SourceArn\":\"" + topic + "\"}}}}")));
        subscribeAndConfirm(Map.of("RedrivePolicy", "{\"deadLetterTargetArn\":\"" + queue + "\"}"));
        receiver.answers(503);
        String id = publish("nobody home");
        assertThat(decisions(id))
                .singleElement()
                .isEqualTo(new Decision.Retrying(TestServer.START.plusSeconds(20), "HTTP status 503"));
        server.advance(Duration.ofSeconds(59));
        assertThat(receiver.got()).hasSize(4);
        server.advance(Duration.ofSeconds(1));
        assertThat(receiver.got()).hasSize(5);
        server.advance(Duration.ofHours(1));
        assertThat(receiver.got()).hasSize(5);
        assertThat(decisions(id))
                .singleElement()
                .isInstanceOfSatisfying(
                        Decision.Dead.class,
                        dead -> assertThat(dead.reason())
                                .isEqualTo("HTTP status 503 (all 4 tries failed); kept in " + queue));

        var dead = sqs.receiveMessage(r -> r.queueUrl(url).messageAttributeNames("All"))
                .messages();
        assertThat(dead).singleElement().satisfies(one -> {
            assertThat(Json.parse(one.body()).path("Message").textValue()).isEqualTo("nobody home");
            assertThat(one.messageAttributes().keySet()).isEqualTo(Set.of("RequestID", "ErrorCode", "ErrorMessage"));
            assertThat(one.messageAttributes().entrySet())
                    .anyMatch(attribute -> attribute.getKey().equals("ErrorCode")
                            && attribute.getValue().stringValue().equals("503"));
        });
    }

    @Test
    void everyTryOfAnEndpointIsSeen() {
        subscribeAndConfirm(Map.of());
        receiver.answers(503);
        String id = publish("at the third try");
        server.advance(Duration.ofSeconds(20));
        receiver.answers(200);
        server.advance(Duration.ofSeconds(20));

        JsonNode delivery = Json.parse(
                        server.get("/_belfry/deliveries?message=" + id).body())
                .path(0);
        assertThat(delivery.path("state").textValue()).isEqualTo("Sent");
        assertThat(delivery.path("attempts").longValue()).isEqualTo(3);
        JsonNode tries = delivery.path("tries");
        assertThat(tries.valueStream()
                        .map(one -> one.path("at").textValue() + " "
                                + one.path("outcome").textValue() + " "
                                + one.path("code").textValue() + " "
                                + one.path("reason").textValue()))
                .containsExactly(
                        "2026-03-02T10:00:00Z PutOff 503 HTTP status 503",
                        "2026-03-02T10:00:20Z PutOff 503 HTTP status 503",
                        "2026-03-02T10:00:40Z Accepted 200 ");
        assertThat(tries.valueStream()).allMatch(one -> one.path("tookMs").isIntegralNumber());
    }

    @Test
    void refusalsAndRedirectsAreFinal() {
        subscribeAndConfirm(Map.of());
        for (int status : List.of(403, 404, 302)) {
            receiver.answers(request -> status, Map.of("Location", receiver.url("/elsewhere")));
            int before = receiver.got().size();
            String id = publish("refused with " + status);
            server.advance(Duration.ofMinutes(5));
            assertThat(decisions(id)).singleElement().isInstanceOf(Decision.Dead.class);
            assertThat(receiver.got()).hasSize(before + 1);
        }
        assertThat(receiver.got()).noneMatch(got -> got.path().equals("/elsewhere"));
    }

    @Test
    void aStuckEndpointDelaysNoOther() throws InterruptedException {
        subscribeAndConfirm(Map.of());
        CountDownLatch stuck = new CountDownLatch(1);
        try (WebReceiver other = new WebReceiver()) {
            var unused = sns.subscribe(r -> r.topicArn(topic).protocol("http").endpoint(other.url("/")));
            server.settle();
            URI link = URI.create(
                    Json.parse(other.last().body()).path("SubscribeURL").textValue());
            server.get(link.getRawPath() + "?" + link.getRawQuery());
            receiver.answers(
                    request -> {
                        try {
                            stuck.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return 200;
                    },
                    Map.of());
            for (int i = 0; i < 20; i++) {
                String message = "message " + i;
                var sent = sns.publish(r -> r.topicArn(topic).message(message));
                assertThat(sent.messageId()).isNotEmpty();
            }
            // Looking until all have come: nothing is released meanwhile.
            for (int tries = 0; other.got().size() < 21 && tries < 1_000; tries++) {
                assertThat(stuck.await(10, java.util.concurrent.TimeUnit.MILLISECONDS))
                        .isFalse();
            }
            assertThat(other.got()).hasSize(21);
        } finally {
            stuck.countDown();
        }
        server.settle();
    }

    @Test
    void aThrottledEndpointGetsItsMessagesApart() {
        subscribeAndConfirm(Map.of("DeliveryPolicy", "{\"throttlePolicy\":{\"maxReceivesPerSecond\":2}}"));
        server.advance(Duration.ofSeconds(1));
        int before = receiver.got().size();
        for (int i = 0; i < 5; i++) {
            publish("message " + i);
        }
        assertThat(receiver.got()).hasSize(before + 1);
        server.advance(Duration.ofSeconds(1));
        assertThat(receiver.got()).hasSize(before + 3);
        server.advance(Duration.ofSeconds(1));
        assertThat(receiver.got()).hasSize(before + 5);
    }

    @Test
    void theTopicsPolicyHoldsWhereASubscriptionHasNone() {
        var unused = sns.setTopicAttributes(r -> r.topicArn(topic)
                .attributeName("DeliveryPolicy")
                .attributeValue("{\"http\":{\"defaultHealthyRetryPolicy\":{\"numRetries\":5,\"numNoDelayRetries\":2,"
                        + "\"minDelayTarget\":1,\"maxDelayTarget\":4}}}"));
        String arn = subscribeAndConfirm(Map.of());
        String effective = sns.getSubscriptionAttributes(r -> r.subscriptionArn(arn))
                .attributes()
                .getOrDefault("EffectiveDeliveryPolicy", "");
        assertThat(Json.parse(effective)
                        .path("healthyRetryPolicy")
                        .path("numRetries")
                        .asInt())
                .isEqualTo(5);
        receiver.answers(500);
        int before = receiver.got().size();
        publish("twice at once");
        assertThat(receiver.got()).hasSize(before + 3);
        server.advance(Duration.ofMinutes(1));
        assertThat(receiver.got()).hasSize(before + 6);
    }

    @Test
    void wrongEndpointsAndPoliciesAreRefused() {
        refused("https", "http://a.example/", "{}", "Invalid parameter: Endpoint must match the specified protocol");
        refused(
                "http",
                "http://a.example/",
                "{\"healthyRetryPolicy\":{\"numRetries\":101}}",
                "Invalid parameter: Attributes Reason: DeliveryPolicy: healthyRetryPolicy.numRetries must be less than"
                        + " or equal to 100");
        refused(
                "http",
                "http://a.example/",
                "{\"healthyRetryPolicy\":{\"numRetries\":100,\"minDelayTarget\":60,\"maxDelayTarget\":60}}",
                "Invalid parameter: Attributes Reason: DeliveryPolicy: healthyRetryPolicy: the retries take more than"
                        + " 3600 seconds altogether");
    }

    private void refused(String protocol, String endpoint, String policy, String message) {
        assertThatThrownBy(() -> sns.subscribe(r -> r.topicArn(topic)
                        .protocol(protocol)
                        .endpoint(endpoint)
                        .attributes(Map.of("DeliveryPolicy", policy))))
                .isInstanceOfSatisfying(
                        InvalidParameterException.class,
                        e -> assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(message));
    }

    @Test
    void internalAddressesAreNotCalledUnlessAllowed() {
        try (TestServer guarded = TestServer.start(Options.development().with("internal-endpoints", "none"))) {
            SnsClient client = guarded.client(SnsClient.builder());
            String arn = client.createTopic(r -> r.name("alerts")).topicArn();
            var unused = client.subscribe(r -> r.topicArn(arn).protocol("http").endpoint(receiver.url("/internal")));
            guarded.settle();
            assertThat(receiver.got()).isEmpty();
            List<String> reasons = guarded.belfry()
                    .store()
                    .read(tx -> tx.query("SELECT state || ': ' || reason FROM outbox", row -> row.text(1)));
            assertThat(reasons).singleElement().asString().startsWith("Dead: 127.0.0.1 is an internal address");
        }
    }

    @Test
    void passwordsInUrlsAreSentAndNotShown() {
        String url = receiver.url("/hook").replace("http://", "http://user:s3cr3t-marker@");
        var unused = sns.subscribe(r -> r.topicArn(topic).protocol("http").endpoint(url));
        server.settle();
        String login = Base64.getEncoder().encodeToString("user:s3cr3t-marker".getBytes(StandardCharsets.UTF_8));
        assertThat(receiver.last().header("authorization")).isEqualTo("Basic " + login);
        assertThat(sns.listSubscriptions().subscriptions())
                .singleElement()
                .satisfies(
                        one -> assertThat(one.endpoint()).contains("user:****@").doesNotContain("s3cr3t"));
    }
}
