package belfry.topics.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.Options;
import belfry.TestServer;
import belfry.base.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.KmsDisabledException;
import software.amazon.awssdk.services.sqs.model.KmsInvalidStateException;
import software.amazon.awssdk.services.sqs.model.KmsNotFoundException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What lies in a queue is sealed, with the queue's KMS key or with the server's own, and opens only with it. */
class EncryptedQueuesTest {
    private static final String MARKER = "QUEUE-BODY-MARKER-0815";

    private final Path dataDir;
    private final TestServer server;
    private final SqsClient sqs;
    private final KmsClient kms;

    EncryptedQueuesTest(@TempDir Path dataDir) {
        this.dataDir = dataDir;
        Options options = Options.read(Map.of("port", "0", "dev", "true", "data-dir", dataDir.toString()), Map.of());
        this.server = TestServer.start(options, Clock.stoppedAt(TestServer.START));
        this.sqs = server.client(SqsClient.builder());
        this.kms = server.client(KmsClient.builder());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String key() {
        return kms.createKey(r -> {}).keyMetadata().arn();
    }

    private String create(String name, Map<QueueAttributeName, String> attributes) {
        return sqs.createQueue(r -> r.queueName(name).attributes(attributes)).queueUrl();
    }

    private String sealed(String name, String key) {
        return create(name, Map.of(QueueAttributeName.KMS_MASTER_KEY_ID, key));
    }

    private void send(String url, String body) {
        sqs.sendMessage(r -> r.queueUrl(url).messageBody(body));
    }

    private List<String> bodies(String url) {
        return sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10)).messages().stream()
                .map(Message::body)
                .toList();
    }

    private static void refuses(ThrowingCallable call, Class<? extends Throwable> as, String code) {
        assertThatThrownBy(call)
                .isInstanceOf(as)
                .satisfies(e -> assertThat(
                                ((AwsServiceException) e).awsErrorDetails().errorCode())
                        .isEqualTo(code));
    }

    /** Whether some file of the data directory holds the text. */
    private boolean onDisk(String text) throws IOException {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        try (Stream<Path> files = Files.walk(dataDir)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                if (content.contains(new String(wanted, StandardCharsets.ISO_8859_1))) {
                    return true;
                }
            }
        }
        return false;
    }

    private Map<QueueAttributeName, String> encryption(String url) {
        return sqs.getQueueAttributes(r -> r.queueUrl(url)
                        .attributeNames(
                                QueueAttributeName.KMS_MASTER_KEY_ID,
                                QueueAttributeName.KMS_DATA_KEY_REUSE_PERIOD_SECONDS,
                                QueueAttributeName.SQS_MANAGED_SSE_ENABLED))
                .attributes();
    }

    @Test
    void bodiesAreSealedOnDisk() throws IOException {
        String own = create("own", Map.of());
        String under = sealed("under", key());
        String open = create("open", Map.of(QueueAttributeName.SQS_MANAGED_SSE_ENABLED, "false"));
        send(own, MARKER + "-own");
        send(under, MARKER + "-under");
        send(open, MARKER + "-open");
        assertThat(onDisk(MARKER + "-own")).isFalse();
        assertThat(onDisk(MARKER + "-under")).isFalse();
        assertThat(onDisk(MARKER + "-open")).isTrue();
        assertThat(bodies(own)).containsExactly(MARKER + "-own");
        assertThat(bodies(under)).containsExactly(MARKER + "-under");
        assertThat(bodies(open)).containsExactly(MARKER + "-open");
    }

    @Test
    void theKeysStateDecides() {
        String key = key();
        String url = sealed("jobs", key);
        send(url, "kept");
        kms.disableKey(r -> r.keyId(key));
        refuses(() -> send(url, "x"), KmsDisabledException.class, "KMS.DisabledException");
        refuses(() -> bodies(url), KmsDisabledException.class, "KMS.DisabledException");
        kms.enableKey(r -> r.keyId(key));
        assertThat(bodies(url)).containsExactly("kept");
        kms.scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(7));
        refuses(() -> send(url, "x"), KmsInvalidStateException.class, "KMS.InvalidStateException");
        String none = sealed("none", "alias/of-nothing");
        refuses(() -> send(none, "x"), KmsNotFoundException.class, "KMS.NotFoundException");
    }

    @Test
    void aQueueHasOneEncryption() {
        String url = sealed("jobs", "alias/aws/sqs");
        assertThat(encryption(url))
                .containsEntry(QueueAttributeName.KMS_MASTER_KEY_ID, "alias/aws/sqs")
                .containsEntry(QueueAttributeName.KMS_DATA_KEY_REUSE_PERIOD_SECONDS, "300")
                .containsEntry(QueueAttributeName.SQS_MANAGED_SSE_ENABLED, "false");
        send(url, "with the default key");
        assertThat(bodies(url)).hasSize(1);
        refuses(
                () -> create(
                        "both",
                        Map.of(
                                QueueAttributeName.KMS_MASTER_KEY_ID,
                                "alias/aws/sqs",
                                QueueAttributeName.SQS_MANAGED_SSE_ENABLED,
                                "true")),
                AwsServiceException.class,
                "InvalidAttributeName");
        sqs.setQueueAttributes(
                r -> r.queueUrl(url).attributes(Map.of(QueueAttributeName.SQS_MANAGED_SSE_ENABLED, "true")));
        assertThat(encryption(url)).isEqualTo(Map.of(QueueAttributeName.SQS_MANAGED_SSE_ENABLED, "true"));
    }

    @Test
    void aDataKeyIsUsedAgainForAsLongAsTheQueueSays() {
        String url = create(
                "jobs",
                Map.of(
                        QueueAttributeName.KMS_MASTER_KEY_ID,
                        key(),
                        QueueAttributeName.KMS_DATA_KEY_REUSE_PERIOD_SECONDS,
                        "60"));
        send(url, "1");
        send(url, "2");
        assertThat(bodies(url)).hasSize(2);
        assertThat(calls("GenerateDataKey", "sqs.amazonaws.com")).isEqualTo(1);
        assertThat(calls("Decrypt", "sqs.amazonaws.com"))
                .as("the sender's and the receiver's")
                .isEqualTo(2);
        server.advance(Duration.ofSeconds(61));
        send(url, "3");
        assertThat(calls("GenerateDataKey", "sqs.amazonaws.com")).isEqualTo(2);
    }

    /** How many calls of KMS are recorded as made by a service. */
    private long calls(String name, String invoker) {
        server.settle();
        return server
                .client(CloudTrailClient.builder())
                .lookupEvents(r -> r.lookupAttributes(LookupAttribute.builder()
                        .attributeKey("EventName")
                        .attributeValue(name)
                        .build()))
                .events()
                .stream()
                .filter(event -> event.cloudTrailEvent().contains("\"invokedBy\":\"" + invoker + "\""))
                .count();
    }

    @Test
    void aServiceIsLetInByTheKeysPolicyAlone() {
        String key = key();
        String url = sealed("alerts", key);
        String arn = "arn:aws:sqs:us-east-1:" + TestServer.ACCOUNT + ":alerts";
        sqs.addPermission(r ->
                r.queueUrl(url).label("x").awsAccountIds(TestServer.ACCOUNT).actions("SendMessage"));
        String queuePolicy =
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
                        + "\"sns.amazonaws.com\"},\"Action\":\"sqs:SendMessage\",\"Resource\":\"" + arn + "\"}}";
        sqs.setQueueAttributes(r -> r.queueUrl(url).attributes(Map.of(QueueAttributeName.POLICY, queuePolicy)));
        SnsClient sns = server.client(SnsClient.builder());
        String topic = sns.createTopic(r -> r.name("t")).topicArn();
        sns.subscribe(r -> r.topicArn(topic).protocol("sqs").endpoint(arn));
        sns.publish(r -> r.topicArn(topic).message("refused"));
        server.settle();
        assertThat(bodies(url)).isEmpty();
        kms.putKeyPolicy(r -> r.keyId(key)
                .policyName("default")
                .policy("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":"
                        + "\"arn:aws:iam::" + TestServer.ACCOUNT + ":root\"},\"Action\":\"kms:*\",\"Resource\":\"*\"},"
                        + "{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"sns.amazonaws.com\"},\"Action\":"
                        + "[\"kms:GenerateDataKey*\",\"kms:Decrypt\"],\"Resource\":\"*\"}]}"));
        sns.publish(r -> r.topicArn(topic).message("let in"));
        server.settle();
        assertThat(bodies(url))
                .singleElement()
                .satisfies(body -> assertThat(body).contains("let in"));
        assertThat(calls("GenerateDataKey", "sns.amazonaws.com")).isEqualTo(1);
    }

    @Test
    void deadLettersStaySealedAndARedriveSealsAnew() throws IOException {
        String first = key();
        String second = key();
        String dead = sealed("dead", second);
        String url = create(
                "jobs",
                Map.of(
                        QueueAttributeName.KMS_MASTER_KEY_ID,
                        first,
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:" + TestServer.ACCOUNT
                                + ":dead\",\"maxReceiveCount\":1}"));
        send(url, MARKER);
        assertThat(bodies(url)).hasSize(1);
        server.advance(Duration.ofSeconds(30));
        assertThat(bodies(url)).isEmpty();
        kms.disableKey(r -> r.keyId(first));
        refuses(() -> bodies(dead), KmsDisabledException.class, "KMS.DisabledException");
        String deadArn = "arn:aws:sqs:us-east-1:" + TestServer.ACCOUNT + ":dead";
        refuses(
                () -> sqs.startMessageMoveTask(r -> r.sourceArn(deadArn)),
                KmsDisabledException.class,
                "KMS.DisabledException");
        kms.enableKey(r -> r.keyId(first));
        String elsewhere = sealed("elsewhere", second);
        sqs.startMessageMoveTask(
                r -> r.sourceArn(deadArn).destinationArn("arn:aws:sqs:us-east-1:" + TestServer.ACCOUNT + ":elsewhere"));
        server.settle();
        kms.disableKey(r -> r.keyId(first));
        assertThat(bodies(elsewhere)).containsExactly(MARKER);
        assertThat(onDisk(MARKER)).isFalse();
    }
}
