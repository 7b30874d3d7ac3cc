package belfry.access;

import static belfry.SecuredServer.allow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.SecuredServer;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.KmsAccessDeniedException;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** What users need for a queue under a KMS key, and for moving dead letters. */
class QueueKeyAccessTest {
    @TempDir
    private Path folder;

    private SecuredServer server;
    private SqsClient root;
    private String key = "";
    private String url = "";

    @BeforeEach
    void start() {
        server = new SecuredServer(folder);
        root = server.client(SqsClient.builder(), server.root());
        key = server.client(KmsClient.builder(), server.root())
                .createKey()
                .keyMetadata()
                .arn();
        url = create("sealed", Map.of(QueueAttributeName.KMS_MASTER_KEY_ID, key));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String create(String name, Map<QueueAttributeName, String> attributes) {
        return root.createQueue(r -> r.queueName(name).attributes(attributes)).queueUrl();
    }

    private String arn(String of) {
        return root.getQueueAttributes(r -> r.queueUrl(of).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .getOrDefault(QueueAttributeName.QUEUE_ARN, "");
    }

    private void send(AwsCredentials who) {
        var unused = server.client(SqsClient.builder(), who)
                .sendMessage(r -> r.queueUrl(url).messageBody("x"));
    }

    private int receive(AwsCredentials who) {
        return server.client(SqsClient.builder(), who)
                .receiveMessage(r -> r.queueUrl(url).visibilityTimeout(0))
                .messages()
                .size();
    }

    private void denied(ThrowingCallable call, String action) {
        assertThatThrownBy(call)
                .isInstanceOf(KmsAccessDeniedException.class)
                .hasMessageContaining("is not authorized to perform: " + action + " on resource: " + key)
                .satisfies(e -> assertThat(((SqsException) e).awsErrorDetails().errorCode())
                        .isEqualTo("KMS.AccessDeniedException"));
    }

    @Test
    void sendingAndReceivingTakePermissionsOnTheKey() {
        String sqs = allow("sqs:*", "*");
        AwsCredentials none = server.user("ann", sqs);
        AwsCredentials half = server.user("bob", sqs, allow("kms:GenerateDataKey*", key));
        AwsCredentials full = server.user("cyd", sqs, allow("kms:GenerateDataKey*", key), allow("kms:Decrypt", key));
        AwsCredentials reader = server.user("dan", sqs, allow("kms:Decrypt", key));
        denied(() -> send(none), "kms:GenerateDataKey");
        denied(() -> send(half), "kms:Decrypt");
        send(full);
        denied(() -> receive(none), "kms:Decrypt");
        assertThat(receive(reader)).isEqualTo(1);
        denied(() -> send(reader), "kms:GenerateDataKey");
    }

    @Test
    void redrivesTakePermissionsOnBothQueues() {
        String dead = create("dead", Map.of());
        String live = create(
                "live",
                Map.of(
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"" + arn(dead) + "\",\"maxReceiveCount\":1}"));
        String onDead = "\"sqs:StartMessageMoveTask\",\"sqs:ReceiveMessage\",\"sqs:DeleteMessage\","
                + "\"sqs:GetQueueAttributes\",\"sqs:CancelMessageMoveTask\"";
        String move = "{\"Effect\":\"Allow\",\"Action\":[" + onDead + "],\"Resource\":\"" + arn(dead) + "\"}";
        SqsClient ann = server.client(SqsClient.builder(), server.user("ann", move));
        assertThatThrownBy(() ->
                        ann.startMessageMoveTask(r -> r.sourceArn(arn(dead)).destinationArn(arn(live))))
                .hasMessageContaining("sqs:sendmessage");
        SqsClient bob =
                server.client(SqsClient.builder(), server.user("bob", move, allow("sqs:SendMessage", arn(live))));
        assertThat(bob.startMessageMoveTask(r -> r.sourceArn(arn(dead)).destinationArn(arn(live)))
                        .taskHandle())
                .isNotEmpty();
    }
}
