package belfry.access;

import static belfry.SecuredServer.allow;
import static belfry.SecuredServer.deny;
import static belfry.SecuredServer.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.SecuredServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/** Users and their policies at the door of Secrets Manager and KMS. */
class SecretAccessTest {
    private static final String MINE = "MINE-MARKER-77a1";
    private static final String THEIRS = "THEIRS-MARKER-12bc";

    @TempDir
    private Path folder;

    private SecuredServer server;
    private SecretsManagerClient root;
    private String mine;

    @BeforeEach
    void start() {
        server = new SecuredServer(folder);
        root = server.client(SecretsManagerClient.builder(), server.root());
        mine = root.createSecret(b -> b.name("mine").secretString(MINE)).arn();
        root.createSecret(b -> b.name("theirs").secretString(THEIRS));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private SecretsManagerClient secrets(AwsCredentials credentials) {
        return server.client(SecretsManagerClient.builder(), credentials);
    }

    private static String read(SecretsManagerClient client, String id) {
        return client.getSecretValue(b -> b.secretId(id)).secretString();
    }

    private static String refusal(String user, String action, String id, String reason) {
        return "User: arn:aws:iam::123456789012:user/" + user + " is not authorized to perform: secretsmanager:"
                + action + " on resource: " + id + " " + reason;
    }

    @Test
    void aUserLimitedToOneSecretReadsItAndNothingElse() {
        SecretsManagerClient alice = secrets(server.user("alice", allow("secretsmanager:GetSecretValue", mine)));
        assertThat(read(alice, "mine")).isEqualTo(MINE);
        assertThat(read(alice, mine)).isEqualTo(MINE);
        String reason = "because no identity-based policy allows the secretsmanager:GetSecretValue action";
        for (String other : List.of("theirs", "no-such-secret", mine.replace("mine", "theirs"))) {
            assertThatThrownBy(() -> read(alice, other)).isInstanceOfSatisfying(SecretsManagerException.class, e -> {
                assertThat(e.statusCode()).isEqualTo(400);
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
                assertThat(e.awsErrorDetails().errorMessage())
                        .isEqualTo(refusal("alice", "GetSecretValue", other, reason))
                        .doesNotContain(THEIRS);
            });
        }
        assertThatThrownBy(() -> alice.putSecretValue(b -> b.secretId("mine").secretString("x")))
                .hasMessageContaining("secretsmanager:PutSecretValue on resource: mine");
        assertThatThrownBy(() -> alice.listSecrets(b -> {}))
                .hasMessageContaining("secretsmanager:ListSecrets because no identity-based");
        assertThatThrownBy(() ->
                        server.client(KmsClient.builder(), server.key("alice")).createKey(b -> {}))
                .hasMessageContaining("kms:CreateKey because no identity-based");
    }

    @Test
    void whatWasRefusedIsRecorded() {
        SecretsManagerClient alice = secrets(server.user("alice", allow("secretsmanager:GetSecretValue", mine)));
        assertThatThrownBy(() -> read(alice, "theirs")).isInstanceOf(SecretsManagerException.class);
        List<Event> events = server.client(CloudTrailClient.builder(), server.root())
                .lookupEvents(b -> b.lookupAttributes(LookupAttribute.builder()
                        .attributeKey(LookupAttributeKey.USERNAME)
                        .attributeValue("alice")
                        .build()))
                .events();
        assertThat(events).hasSize(1);
        assertThat(events.getFirst().cloudTrailEvent())
                .contains("\"errorCode\":\"AccessDenied\"")
                .contains("is not authorized to perform: secretsmanager:GetSecretValue on resource: theirs because")
                .contains("\"requestParameters\":null")
                .contains("\"userName\":\"alice\"");
    }

    @Test
    void aDenialOutweighsEveryAllowance() {
        SecretsManagerClient bob = secrets(
                server.user("bob", allow("secretsmanager:*", "*"), deny("secretsmanager:GetSecretValue", mine)));
        assertThat(read(bob, "theirs")).isEqualTo(THEIRS);
        assertThatThrownBy(() -> read(bob, "mine"))
                .hasMessageContaining(
                        refusal("bob", "GetSecretValue", "mine", "with an explicit deny in an identity-based policy"));
        assertThatThrownBy(() -> read(bob, "nowhere")).hasMessageContaining("can't find the specified secret");
    }

    @Test
    void aSecretsOwnPolicyLetsInAndKeepsOutEvenTheRoot() {
        SecretsManagerClient carol = secrets(server.user("carol"));
        String document = policy(
                "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:user/carol\"},"
                        + "\"Action\":\"secretsmanager:GetSecretValue\",\"Resource\":\"*\"}",
                "{\"Effect\":\"Deny\",\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:root\"},"
                        + "\"Action\":\"secretsmanager:DeleteSecret\",\"Resource\":\"*\"}");
        root.putResourcePolicy(b -> b.secretId("mine").resourcePolicy(document));
        assertThat(read(carol, "mine")).isEqualTo(MINE);
        assertThatThrownBy(() -> read(carol, "theirs")).hasMessageContaining("no identity-based policy");
        assertThatThrownBy(() -> root.deleteSecret(b -> b.secretId("mine")))
                .hasMessageContaining("with an explicit deny in a resource-based policy");
    }

    @Test
    void aBatchIsAskedSecretBySecret() {
        SecretsManagerClient alice = secrets(server.user(
                "alice",
                allow("secretsmanager:GetSecretValue", mine),
                allow("secretsmanager:BatchGetSecretValue", "*")));
        BatchGetSecretValueResponse batch = alice.batchGetSecretValue(b -> b.secretIdList("mine", "theirs", "nowhere"));
        assertThat(batch.secretValues())
                .singleElement()
                .satisfies(value -> assertThat(value.secretString()).isEqualTo(MINE));
        assertThat(batch.errors()).hasSize(2).allSatisfy(error -> {
            assertThat(error.errorCode()).isEqualTo("AccessDeniedException");
            assertThat(error.message()).contains("no identity-based policy allows the secretsmanager:GetSecretValue");
        });
    }

    @Test
    void aSecretUnderAKeyNeedsTheKeyToo() {
        KmsClient kms = server.client(KmsClient.builder(), server.root());
        String key = kms.createKey(b -> {}).keyMetadata().arn();
        root.createSecret(b -> b.name("sealed").kmsKeyId(key).secretString(MINE));
        AwsCredentials dave = server.user("dave", allow("secretsmanager:GetSecretValue", "*"));
        assertThatThrownBy(() -> read(secrets(dave), "sealed"))
                .isInstanceOfSatisfying(SecretsManagerException.class, e -> {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
                    assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("Access to KMS is not allowed");
                });
        server.iam()
                .putUserPolicy(b -> b.userName("dave")
                        .policyName("key")
                        .policyDocument(policy(allow("kms:Decrypt", key)
                                .replace(
                                        "\"Effect\"",
                                        "\"Condition\":{\"StringEquals\":{\"kms:ViaService\":"
                                                + "\"secretsmanager.us-east-1.amazonaws.com\"}},\"Effect\""))));
        assertThat(read(secrets(dave), "sealed")).isEqualTo(MINE);
        KmsClient direct = server.client(KmsClient.builder(), dave);
        assertThatThrownBy(() -> direct.describeKey(b -> b.keyId(key)))
                .hasMessageContaining("is not authorized to perform: kms:DescribeKey on resource: " + key);
    }

    @Test
    void aKeysPolicyIsAuthoritative() {
        AwsCredentials erin = server.user("erin", allow("kms:*", "*"));
        KmsClient kms = server.client(KmsClient.builder(), server.root());
        String open = kms.createKey(b -> {}).keyMetadata().arn();
        String closed = kms.createKey(b -> b.bypassPolicyLockoutSafetyCheck(true)
                        .policy(policy("{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":"
                                + "\"arn:aws:iam::123456789012:user/erin\"},\"Action\":\"kms:DescribeKey\","
                                + "\"Resource\":\"*\"}")))
                .keyMetadata()
                .arn();
        KmsClient hers = server.client(KmsClient.builder(), erin);
        assertThat(hers.describeKey(b -> b.keyId(open)).keyMetadata().arn()).isEqualTo(open);
        assertThat(hers.describeKey(b -> b.keyId(closed)).keyMetadata().arn()).isEqualTo(closed);
        String refused = "because no resource-based policy allows the kms:DisableKey action";
        assertThatThrownBy(() -> hers.disableKey(b -> b.keyId(closed))).hasMessageContaining(refused);
        assertThatThrownBy(() -> kms.disableKey(b -> b.keyId(closed))).hasMessageContaining(refused);
    }
}
