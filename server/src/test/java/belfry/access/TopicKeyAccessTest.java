package belfry.access;

import static belfry.SecuredServer.allow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.SecuredServer;
import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.SnsException;

/** What a user needs to publish to an encrypted topic: the topic, and two permissions on its key. */
class TopicKeyAccessTest {
    @TempDir
    private Path folder;

    private SecuredServer server;
    private String topic;
    private String key;

    @BeforeEach
    void start() {
        server = new SecuredServer(folder);
        key = server.client(KmsClient.builder(), server.root())
                .createKey()
                .keyMetadata()
                .arn();
        topic = server.client(SnsClient.builder(), server.root())
                .createTopic(r -> r.name("sealed").attributes(Map.of("KmsMasterKeyId", key)))
                .topicArn();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void publish(AwsCredentials who) {
        var unused = server.client(SnsClient.builder(), who)
                .publish(r -> r.topicArn(topic).message("hello"));
    }

    private void denied(AwsCredentials who, String action) {
        assertThatThrownBy(() -> publish(who)).isInstanceOfSatisfying(SnsException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo("KMSAccessDenied");
            assertThat(e.awsErrorDetails().errorMessage())
                    .contains("is not authorized to perform: " + action + " on resource: " + key)
                    .endsWith("(Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException)");
        });
    }

    @Test
    void publishingTakesTwoPermissionsOnTheKey() {
        String publish = allow("sns:Publish", topic);
        denied(server.user("ann", publish), "kms:GenerateDataKey");
        denied(server.user("bob", publish, allow("kms:GenerateDataKey*", key)), "kms:Decrypt");
        publish(server.user("cyd", publish, allow("kms:GenerateDataKey*", key), allow("kms:Decrypt", key)));
        List<JsonNode> records =
                server
                        .client(CloudTrailClient.builder(), server.root())
                        .lookupEventsPaginator(r -> {})
                        .events()
                        .stream()
                        .filter(event -> event.eventName().equals("GenerateDataKey"))
                        .map(event -> Json.parse(event.cloudTrailEvent()))
                        .toList();
        assertThat(records)
                .extracting(
                        record -> record.path("userIdentity").path("userName").asText())
                .containsExactlyInAnyOrder("ann", "cyd");
        assertThat(records)
                .allSatisfy(record -> assertThat(
                                record.path("userIdentity").path("invokedBy").asText())
                        .isEqualTo("sns.amazonaws.com"));
    }

    @Test
    void theManagedKeyLetsAnybodyOfTheAccountThroughSns() {
        server.client(SnsClient.builder(), server.root())
                .setTopicAttributes(
                        r -> r.topicArn(topic).attributeName("KmsMasterKeyId").attributeValue("alias/aws/sns"));
        publish(server.user("ann", allow("sns:Publish", topic)));
    }
}
