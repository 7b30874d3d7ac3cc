package belfry.vault;

import static belfry.vault.SecretsManagerTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.Tag;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class KmsTest {
    private static final SdkBytes PLAIN = SdkBytes.fromUtf8String("marker-kms-5d2a");
    private static final String UNKNOWN = "00000000-1111-2222-3333-444444444444";

    private TestServer server;
    private KmsClient kms;
    private KeyMetadata key;

    @BeforeEach
    void start() {
        server = TestServer.start();
        kms = server.client(KmsClient.builder());
        key = kms.createKey(r -> r.description("mine")).keyMetadata();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private SdkBytes encrypt(String keyId, Map<String, String> context) {
        return kms.encrypt(r -> r.keyId(keyId).plaintext(PLAIN).encryptionContext(context))
                .ciphertextBlob();
    }

    @Test
    void whatIsEncryptedNamesItsKey() {
        kms.createAlias(r -> r.aliasName("alias/app").targetKeyId(key.keyId()));
        String aliasArn = key.arn().replace("key/" + key.keyId(), "alias/app");
        for (String id : List.of(key.keyId(), key.arn(), "alias/app", aliasArn)) {
            SdkBytes blob = encrypt(id, Map.of("b", "2", "a", "1"));
            var opened = kms.decrypt(r -> r.ciphertextBlob(blob).encryptionContext(Map.of("a", "1", "b", "2")));
            assertThat(opened.plaintext()).isEqualTo(PLAIN);
            assertThat(opened.keyId()).isEqualTo(key.arn());
            assertThat(opened.encryptionAlgorithmAsString()).isEqualTo("SYMMETRIC_DEFAULT");
        }
    }

    @Test
    void aWrongContextOrKeyIsRefused() {
        SdkBytes blob = encrypt(key.keyId(), Map.of("a", "1"));
        for (Map<String, String> wrong : List.of(Map.<String, String>of(), Map.of("a", "2"), Map.of("A", "1"))) {
            assertThatThrownBy(() -> kms.decrypt(r -> r.ciphertextBlob(blob).encryptionContext(wrong)))
                    .isInstanceOfSatisfying(
                            AwsServiceException.class,
                            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidCiphertextException"));
        }
        String other = kms.createKey().keyMetadata().keyId();
        refused(
                () -> kms.decrypt(r -> r.ciphertextBlob(blob).keyId(other)),
                "IncorrectKeyException",
                "The key ID in the request does not identify a CMK that can perform this operation.");
        SdkBytes moved = kms.reEncrypt(r -> r.ciphertextBlob(blob)
                        .sourceEncryptionContext(Map.of("a", "1"))
                        .destinationKeyId(other))
                .ciphertextBlob();
        var opened = kms.decrypt(r -> r.ciphertextBlob(moved).keyId(other));
        assertThat(opened.plaintext()).isEqualTo(PLAIN);
        assertThat(opened.keyId()).endsWith(other);
    }

    @Test
    void dataKeysOpenToTheirPlaintext() {
        var made = kms.generateDataKey(r -> r.keyId(key.keyId()).keySpec(DataKeySpec.AES_256));
        assertThat(made.plaintext().asByteArray()).hasSize(32);
        assertThat(made.keyId()).isEqualTo(key.arn());
        assertThat(kms.decrypt(r -> r.ciphertextBlob(made.ciphertextBlob())).plaintext())
                .isEqualTo(made.plaintext());
        var hidden =
                kms.generateDataKeyWithoutPlaintext(r -> r.keyId(key.keyId()).numberOfBytes(7));
        assertThat(kms.decrypt(r -> r.ciphertextBlob(hidden.ciphertextBlob()))
                        .plaintext()
                        .asByteArray())
                .hasSize(7);
        assertThat(kms.generateRandom(r -> r.numberOfBytes(33)).plaintext().asByteArray())
                .hasSize(33);
        refused(
                () -> kms.generateDataKey(
                        r -> r.keyId(key.keyId()).keySpec(DataKeySpec.AES_256).dryRun(true)),
                "DryRunOperationException",
                "The request would have succeeded, but the DryRun option is set.");
    }

    @Test
    void unknownKeysAreRefusedInAwssWords() {
        String arn = key.arn().replace(key.keyId(), UNKNOWN);
        refused(() -> describe(UNKNOWN), "NotFoundException", "Key '" + arn + "' does not exist");
        refused(() -> describe(arn), "NotFoundException", "Key '" + arn + "' does not exist");
        refused(() -> describe("fake-key-id"), "NotFoundException", "Invalid keyId 'fake-key-id'");
        refused(
                () -> describe(key.arn().replace("us-east-1", "us-west-2")),
                "NotFoundException",
                "Invalid arn us-west-2");
        refused(
                () -> describe("alias/nowhere"),
                "NotFoundException",
                "Alias " + key.arn().replace("key/" + key.keyId(), "alias/nowhere") + " is not found.");
        refused(
                () -> kms.enableKey(r -> r.keyId("alias/nowhere")),
                "NotFoundException",
                "Invalid keyId 'alias/nowhere'");
    }

    private KeyMetadata describe(String id) {
        return kms.describeKey(r -> r.keyId(id)).keyMetadata();
    }

    @Test
    void aKeyThatIsDisabledOrEndingEncryptsNothing() {
        SdkBytes blob = encrypt(key.keyId(), Map.of());
        kms.disableKey(r -> r.keyId(key.keyId()));
        refused(() -> encrypt(key.keyId(), Map.of()), "DisabledException", key.arn() + " is disabled.");
        refused(() -> kms.decrypt(r -> r.ciphertextBlob(blob)), "DisabledException", key.arn() + " is disabled.");
        kms.enableKey(r -> r.keyId(key.keyId()));
        var scheduled = kms.scheduleKeyDeletion(r -> r.keyId(key.keyId()).pendingWindowInDays(7));
        assertThat(scheduled.keyStateAsString()).isEqualTo("PendingDeletion");
        assertThat(describe(key.keyId()).deletionDate()).isEqualTo(TestServer.START.plus(Duration.ofDays(7)));
        assertThat(describe(key.keyId()).enabled()).isFalse();
        String pending = key.arn() + " is pending deletion.";
        refused(() -> encrypt(key.keyId(), Map.of()), "KMSInvalidStateException", pending);
        refused(() -> kms.enableKey(r -> r.keyId(key.keyId())), "KMSInvalidStateException", pending);
        refused(() -> kms.scheduleKeyDeletion(r -> r.keyId(key.keyId())), "KMSInvalidStateException", pending);
        kms.cancelKeyDeletion(r -> r.keyId(key.keyId()));
        assertThat(describe(key.keyId()).keyStateAsString()).isEqualTo("Disabled");
        refused(
                () -> kms.cancelKeyDeletion(r -> r.keyId(key.keyId())),
                "KMSInvalidStateException",
                key.arn() + " is not pending deletion.");
    }

    @Test
    void aKeyIsReallyGoneWhenItsWindowEndsAndSoIsWhatItSealed() {
        kms.createAlias(r -> r.aliasName("alias/app").targetKeyId(key.keyId()));
        SdkBytes blob = encrypt(key.keyId(), Map.of());
        SecretsManagerClient secrets = server.client(SecretsManagerClient.builder());
        secrets.createSecret(r -> r.name("db").secretString("marker-lost").kmsKeyId(key.keyId()));
        kms.scheduleKeyDeletion(r -> r.keyId(key.keyId()).pendingWindowInDays(7));
        refused(
                () -> secrets.getSecretValue(r -> r.secretId("db")),
                "DecryptionFailure",
                "Secrets Manager can't decrypt the protected secret text using the provided KMS key.");
        server.advance(Duration.ofDays(7));
        refused(() -> describe(key.arn()), "NotFoundException", "Key '" + key.arn() + "' does not exist");
        assertThat(kms.listAliases().aliases())
                .noneMatch(alias -> alias.aliasName().equals("alias/app"));
        assertThatThrownBy(() -> kms.decrypt(r -> r.ciphertextBlob(blob)))
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException"));
    }

    @Test
    void rotationRenewsTheMaterialAndOldCiphertextsStayReadable() {
        SdkBytes old = encrypt(key.keyId(), Map.of());
        assertThat(kms.getKeyRotationStatus(r -> r.keyId(key.keyId())).keyRotationEnabled())
                .isFalse();
        kms.enableKeyRotation(r -> r.keyId(key.keyId()).rotationPeriodInDays(90));
        var status = kms.getKeyRotationStatus(r -> r.keyId(key.keyId()));
        assertThat(status.keyRotationEnabled()).isTrue();
        assertThat(status.nextRotationDate()).isEqualTo(TestServer.START.plus(Duration.ofDays(90)));
        String before = describe(key.keyId()).currentKeyMaterialId();
        server.advance(Duration.ofDays(90));
        assertThat(describe(key.keyId()).currentKeyMaterialId()).isNotEqualTo(before);
        kms.rotateKeyOnDemand(r -> r.keyId(key.keyId()));
        assertThat(kms.listKeyRotations(r -> r.keyId(key.keyId())).rotations())
                .extracting(rotation -> rotation.rotationTypeAsString())
                .containsExactly("AUTOMATIC", "ON_DEMAND");
        assertThat(kms.decrypt(r -> r.ciphertextBlob(old)).plaintext()).isEqualTo(PLAIN);
        assertThat(kms.decrypt(r -> r.ciphertextBlob(old)).keyMaterialId()).isEqualTo(before);
    }

    @Test
    void awssOwnKeysAppearWhenTheyAreNeededAndStayAwss() {
        assertThat(kms.listAliases().aliases()).isEmpty();
        KeyMetadata s3 = describe("alias/aws/s3");
        assertThat(s3.keyManagerAsString()).isEqualTo("AWS");
        assertThat(describe("alias/aws/s3").keyId()).isEqualTo(s3.keyId());
        server.client(SecretsManagerClient.builder())
                .createSecret(r -> r.name("db").secretString("one"));
        assertThat(kms.listAliases().aliases())
                .extracting(alias -> alias.aliasName())
                .containsExactly("alias/aws/s3", "alias/aws/secretsmanager");
        assertThat(kms.getKeyRotationStatus(r -> r.keyId(s3.keyId())).keyRotationEnabled())
                .isTrue();
        assertThatThrownBy(() -> kms.disableKey(r -> r.keyId(s3.keyId())))
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException"));
    }

    @Test
    void aliasesMove() {
        String other = kms.createKey().keyMetadata().keyId();
        kms.createAlias(r -> r.aliasName("alias/app").targetKeyId(key.keyId()));
        assertThatThrownBy(() -> kms.createAlias(r -> r.aliasName("alias/app").targetKeyId(other)))
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AlreadyExistsException"));
        kms.updateAlias(r -> r.aliasName("alias/app").targetKeyId(other));
        assertThat(describe("alias/app").keyId()).isEqualTo(other);
        kms.deleteAlias(r -> r.aliasName("alias/app"));
        assertThat(kms.listAliases().aliases()).isEmpty();
        refused(
                () -> kms.createAlias(r -> r.aliasName("app").targetKeyId(other)),
                "ValidationException",
                "Alias must start with the prefix \"alias/\". Please see"
                        + " https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html");
    }

    @Test
    void aPolicyThatLocksTheCallerOutIsRefused() {
        assertThat(kms.getKeyPolicy(r -> r.keyId(key.keyId())).policy()).contains("Enable IAM User Permissions");
        String lockedOut = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
                + "{\"AWS\":\"*\"},\"Action\":\"kms:Decrypt\",\"Resource\":\"*\"}]}";
        refused(
                () -> kms.putKeyPolicy(r -> r.keyId(key.keyId()).policy(lockedOut)),
                "MalformedPolicyDocumentException",
                "The new key policy will not allow you to update the key policy in the future.");
        kms.putKeyPolicy(r -> r.keyId(key.keyId()).policy(lockedOut).bypassPolicyLockoutSafetyCheck(true));
        assertThat(kms.getKeyPolicy(r -> r.keyId(key.keyId())).policy()).isEqualTo(lockedOut);
        assertThat(kms.listKeyPolicies(r -> r.keyId(key.keyId())).policyNames()).containsExactly("default");
    }

    @Test
    void listsArePagedAndTagsCome() {
        for (int i = 0; i < 4; i++) {
            kms.createKey(r -> r.tags(tag("a", "1")));
        }
        assertThat(kms.listKeysPaginator(r -> r.limit(2)).keys())
                .hasSize(5)
                .extracting(k -> k.keyId())
                .contains(key.keyId())
                .doesNotHaveDuplicates();
        kms.tagResource(r -> r.keyId(key.keyId()).tags(tag("a", "1"), tag("b", "2")));
        kms.untagResource(r -> r.keyId(key.keyId()).tagKeys("a"));
        assertThat(kms.listResourceTags(r -> r.keyId(key.keyId())).tags())
                .singleElement()
                .satisfies(tag -> assertThat(tag.tagKey()).isEqualTo("b"));
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().tagKey(key).tagValue(value).build();
    }

    @Test
    void whatIsNotBuiltSaysSo() {
        refused(
                () -> kms.createKey(r -> r.keySpec(KeySpec.RSA_2048)),
                "UnsupportedOperationException",
                "Belfry's KMS makes symmetric encryption keys (SYMMETRIC_DEFAULT) only, not RSA_2048.");
    }
}
