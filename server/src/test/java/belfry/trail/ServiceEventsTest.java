package belfry.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.TestServer;
import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** What services do by themselves is recorded too, and the key calls behind a secret that fail. */
class ServiceEventsTest {
    private TestServer server;
    private SecretsManagerClient secrets;
    private KmsClient kms;

    @BeforeEach
    void start() {
        server = TestServer.start();
        secrets = server.client(SecretsManagerClient.builder());
        kms = server.client(KmsClient.builder());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private List<JsonNode> records() {
        server.settle();
        return server.belfry().store().read(tx -> TrailEvents.after(tx, 0, 1_000)).stream()
                .map(event -> Json.parse(event.json()))
                .toList();
    }

    private List<String> names() {
        return records().stream()
                .map(record -> record.get("eventName").asText())
                .toList();
    }

    @Test
    void aForcedDeletionIsFollowedByTheServicesOwnRecords() {
        String arn = secrets.createSecret(r -> r.name("db").secretString("x")).arn();
        secrets.deleteSecret(r -> r.secretId("db").forceDeleteWithoutRecovery(true));
        assertThat(names()).endsWith("DeleteSecret", "StartSecretVersionDelete", "EndSecretVersionDelete");
        JsonNode end = records().getLast();
        List<String> members = new ArrayList<>();
        end.fieldNames().forEachRemaining(members::add);
        assertThat(members)
                .containsExactly(
                        "eventVersion",
                        "userIdentity",
                        "eventTime",
                        "eventSource",
                        "eventName",
                        "awsRegion",
                        "sourceIPAddress",
                        "userAgent",
                        "requestParameters",
                        "responseElements",
                        "additionalEventData",
                        "requestID",
                        "eventID",
                        "readOnly",
                        "eventType",
                        "managementEvent",
                        "recipientAccountId",
                        "eventCategory");
        assertThat(end.get("userIdentity").toString())
                .isEqualTo("{\"accountId\":\"" + TestServer.ACCOUNT
                        + "\",\"invokedBy\":\"secretsmanager.amazonaws.com\"}");
        assertThat(end.get("eventType").asText()).isEqualTo("AwsServiceEvent");
        assertThat(end.at("/additionalEventData/ARN").asText()).isEqualTo(arn);
        assertThat(end.at("/additionalEventData/Name").asText()).isEqualTo("db");
        assertThat(end.get("requestID").asText())
                .startsWith("SecretDeleteMessage:" + arn)
                .endsWith(":Forced");
    }

    @Test
    void aDeletionWithAWindowEndsWithIt() {
        secrets.createSecret(r -> r.name("db").secretString("x"));
        secrets.deleteSecret(r -> r.secretId("db").recoveryWindowInDays(7L));
        assertThat(names()).doesNotContain("StartSecretVersionDelete");
        server.advance(Duration.ofDays(7));
        assertThat(names()).endsWith("StartSecretVersionDelete", "EndSecretVersionDelete");
    }

    @Test
    void aKeysDeletionAndRotation() {
        String key = kms.createKey().keyMetadata().arn();
        kms.enableKeyRotation(r -> r.keyId(key).rotationPeriodInDays(90));
        server.advance(Duration.ofDays(90));
        // History forgets after 90 days, but for the last hour's.
        JsonNode rotated = records().getLast();
        assertThat(rotated.get("eventName").asText()).isEqualTo("RotateKey");
        assertThat(rotated.at("/serviceEventDetails/rotationType").asText()).isEqualTo("AUTOMATIC");
        kms.scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(7));
        server.advance(Duration.ofDays(7));
        JsonNode deleted = records().getLast();
        assertThat(deleted.get("eventName").asText()).isEqualTo("DeleteKey");
        assertThat(deleted.get("sourceIPAddress").asText()).isEqualTo("AWS Internal");
        assertThat(deleted.at("/resources/0/ARN").asText()).isEqualTo(key);
        assertThat(deleted.at("/serviceEventDetails/keyId").asText()).isEqualTo(key);
    }

    @Test
    void aKeyThatRefusesLeavesARecordOfItsOwn() {
        String key = kms.createKey().keyMetadata().arn();
        secrets.createSecret(r -> r.name("db").kmsKeyId(key).secretString("x"));
        kms.disableKey(r -> r.keyId(key));
        assertThatThrownBy(() -> secrets.getSecretValue(r -> r.secretId("db"))).isNotNull();
        assertThatThrownBy(() -> secrets.putSecretValue(r -> r.secretId("db").secretString("y")))
                .isNotNull();
        List<JsonNode> last = records().subList(records().size() - 4, records().size());
        assertThat(last.stream().map(record -> record.get("eventName").asText()))
                .containsExactly("Decrypt", "GetSecretValue", "GenerateDataKey", "PutSecretValue");
        for (int i : new int[] {0, 2}) {
            assertThat(last.get(i).get("errorCode").asText()).isEqualTo("DisabledException");
            assertThat(last.get(i).at("/userIdentity/invokedBy").asText()).isEqualTo("secretsmanager.amazonaws.com");
            assertThat(last.get(i).at("/resources/0/ARN").asText()).isEqualTo(key);
        }
        assertThat(last.get(1).has("errorCode")).isTrue();
    }
}
