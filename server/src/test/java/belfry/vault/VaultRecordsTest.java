package belfry.vault;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.TestServer;
import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** What the audit trail shows of secrets and of the key calls that they take (semantics: cloudtrail.md §1.6). */
class VaultRecordsTest {
    private static final String V1 = "11111111-1111-1111-1111-111111111111";

    private TestServer server;
    private SecretsManagerClient secrets;

    @BeforeEach
    void start() {
        server = TestServer.start();
        secrets = server.client(SecretsManagerClient.builder());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private List<JsonNode> records(String eventName) {
        server.settle();
        LookupAttribute named = LookupAttribute.builder()
                .attributeKey("EventName")
                .attributeValue(eventName)
                .build();
        return server.client(CloudTrailClient.builder()).lookupEvents(r -> r.lookupAttributes(named)).events().stream()
                .map(event -> Json.parse(event.cloudTrailEvent()))
                .toList();
    }

    @Test
    void aReadLeavesItsOwnRecordAndTheKeys() {
        String arn = secrets.createSecret(
                        r -> r.name("db").secretString("marker-r1").clientRequestToken(V1))
                .arn();
        secrets.getSecretValue(r -> r.secretId("db"));
        assertThat(records("GetSecretValue")).singleElement().satisfies(record -> {
            assertThat(record.at("/requestParameters/secretId").asText()).isEqualTo("db");
            assertThat(record.at("/userIdentity/userName").asText()).isEqualTo(TestServer.USER);
            assertThat(record.has("resources")).isFalse();
        });
        assertThat(records("Decrypt")).singleElement().satisfies(record -> {
            assertThat(record.at("/userIdentity/invokedBy").asText()).isEqualTo("secretsmanager.amazonaws.com");
            assertThat(record.at("/requestParameters/encryptionContext/SecretARN")
                            .asText())
                    .isEqualTo(arn);
            assertThat(record.at("/requestParameters/encryptionContext/SecretVersionId")
                            .asText())
                    .isEqualTo(V1);
            assertThat(record.at("/resources/0/type").asText()).isEqualTo("AWS::KMS::Key");
        });
        assertThat(records("GenerateDataKey"))
                .singleElement()
                .satisfies(record -> assertThat(
                                record.at("/requestParameters/keyId").asText())
                        .isEqualTo("alias/aws/secretsmanager"));
        assertThat(records("CreateSecret").toString()).doesNotContain("marker-r1");
    }

    @Test
    void aBatchLeavesAReadForEachSecret() {
        for (String name : List.of("a", "b")) {
            secrets.createSecret(r -> r.name(name).secretString("marker-r2"));
        }
        secrets.batchGetSecretValue(r -> r.secretIdList("a", "b", "nowhere"));
        assertThat(records("BatchGetSecretValue")).hasSize(1);
        assertThat(records("GetSecretValue")).hasSize(2);
        assertThat(records("Decrypt")).hasSize(2);
    }
}
