package belfry.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.TestServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

class SecretsManagerTest {
    private static final String V1 = "11111111-1111-1111-1111-111111111111";
    private static final String V2 = "22222222-2222-2222-2222-222222222222";
    private static final String V3 = "33333333-3333-3333-3333-333333333333";
    private static final String MARKED =
            "You can't perform this operation on the secret because it was marked for deletion.";

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

    private CreateSecretResponse create(String name, String value) {
        return secrets.createSecret(r -> r.name(name).secretString(value).clientRequestToken(V1));
    }

    private GetSecretValueResponse get(String id) {
        return secrets.getSecretValue(r -> r.secretId(id));
    }

    private DescribeSecretResponse describe(String id) {
        return secrets.describeSecret(r -> r.secretId(id));
    }

    static void refused(ThrowingCallable call, String code, String message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AwsServiceException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(message);
        });
    }

    @Test
    void aSecretIsReadByNameByArnAndByArnWithoutItsSuffix() {
        String arn = create("prod/db", "marker-s1").arn();
        assertThat(arn).matches("arn:aws:secretsmanager:us-east-1:\\d{12}:secret:prod/db-[A-Za-z0-9]{6}");
        for (String id : List.of("prod/db", arn, arn.substring(0, arn.length() - 7))) {
            GetSecretValueResponse read = get(id);
            assertThat(read.secretString()).isEqualTo("marker-s1");
            assertThat(read.arn()).isEqualTo(arn);
            assertThat(read.versionId()).isEqualTo(V1);
            assertThat(read.versionStages()).containsExactly("AWSCURRENT");
        }
        refused(
                () -> get(arn.substring(0, arn.length() - 1) + "#"),
                "ValidationException",
                "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following:"
                        + " -/_+=.@!");
        refused(() -> get(arn.substring(0, arn.length() - 6) + "zzzzzz"), "ResourceNotFoundException", notFound());
        refused(() -> get("nowhere"), "ResourceNotFoundException", notFound());
    }

    private static String notFound() {
        return "Secrets Manager can't find the specified secret.";
    }

    @Test
    void aNameThatLooksLikeASuffixIsFoundByItsArn() {
        String arn = create("app-ABCDEF", "marker-s2").arn();
        assertThat(get(arn).name()).isEqualTo("app-ABCDEF");
        assertThat(get("app-ABCDEF").arn()).isEqualTo(arn);
    }

    @Test
    void binaryValuesComeBackByteForByte() {
        byte[] bytes = {0, (byte) 0xff, 10, 13};
        secrets.createSecret(r -> r.name("bin").secretBinary(SdkBytes.fromByteArray(bytes)));
        assertThat(get("bin").secretBinary().asByteArray()).isEqualTo(bytes);
        assertThat(get("bin").secretString()).isNull();
    }

    @Test
    void labelsTravelAsVersionsCome() {
        create("db", "one");
        secrets.putSecretValue(r -> r.secretId("db").secretString("two").clientRequestToken(V2));
        assertThat(get("db").secretString()).isEqualTo("two");
        assertThat(secrets.getSecretValue(r -> r.secretId("db").versionStage("AWSPREVIOUS"))
                        .secretString())
                .isEqualTo("one");
        var pending = secrets.putSecretValue(r ->
                r.secretId("db").secretString("three").clientRequestToken(V3).versionStages("AWSPENDING"));
        assertThat(pending.versionStages()).containsExactly("AWSPENDING");
        assertThat(get("db").secretString()).isEqualTo("two");
        secrets.updateSecretVersionStage(r -> r.secretId("db")
                .versionStage("AWSCURRENT")
                .removeFromVersionId(V2)
                .moveToVersionId(V3));
        assertThat(get("db").secretString()).isEqualTo("three");
        assertThat(describe("db").versionIdsToStages())
                .containsOnlyKeys(V2, V3)
                .containsEntry(V2, List.of("AWSPREVIOUS"))
                .containsEntry(V3, List.of("AWSCURRENT", "AWSPENDING"));
        assertThat(secrets.listSecretVersionIds(r -> r.secretId("db").includeDeprecated(true))
                        .versions())
                .hasSize(3);
        assertThat(secrets.getSecretValue(r -> r.secretId("db").versionId(V1)).secretString())
                .isEqualTo("one");
    }

    @Test
    void missingVersionsAreRefusedInAwssWords() {
        secrets.createSecret(r -> r.name("empty"));
        refused(
                () -> get("empty"),
                "ResourceNotFoundException",
                "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT");
        create("db", "one");
        refused(
                () -> secrets.getSecretValue(r -> r.secretId("db").versionStage("AWSPREVIOUS")),
                "ResourceNotFoundException",
                "Secrets Manager can't find the specified secret value for staging label: AWSPREVIOUS");
        refused(
                () -> secrets.getSecretValue(r -> r.secretId("db").versionId(V3)),
                "ResourceNotFoundException",
                "Secrets Manager can't find the specified secret value for VersionId: " + V3);
        refused(
                () -> secrets.getSecretValue(r -> r.secretId("db").versionId(V1).versionStage("AWSPENDING")),
                "InvalidRequestException",
                "You provided a VersionStage that is not associated to the provided VersionId.");
    }

    @Test
    void theSameTokenIsTheSameRequestOnceMore() {
        String arn = create("db", "one").arn();
        assertThat(create("db", "one").arn()).isEqualTo(arn);
        refused(
                () -> create("db", "other"),
                "ResourceExistsException",
                "The operation failed because the secret db already exists.");
        secrets.putSecretValue(r -> r.secretId("db").secretString("one").clientRequestToken(V1));
        refused(
                () -> secrets.putSecretValue(
                        r -> r.secretId("db").secretString("two").clientRequestToken(V1)),
                "ResourceExistsException",
                "You can't use ClientRequestToken " + V1 + " because that value is already in use for a version of"
                        + " secret " + arn + ".");
    }

    @Test
    void anUpdateWithoutAValueMakesNoVersion() {
        create("db", "one");
        assertThat(secrets.updateSecret(r -> r.secretId("db").description("the database"))
                        .versionId())
                .isNull();
        assertThat(describe("db").description()).isEqualTo("the database");
        assertThat(get("db").versionId()).isEqualTo(V1);
        assertThat(secrets.updateSecret(
                                r -> r.secretId("db").secretString("two").clientRequestToken(V2))
                        .versionId())
                .isEqualTo(V2);
        assertThat(get("db").secretString()).isEqualTo("two");
    }

    @Test
    void aMarkedSecretIsLockedShownAndCanBeRestored() {
        create("db", "one");
        Instant gone = secrets.deleteSecret(r -> r.secretId("db").recoveryWindowInDays(7L))
                .deletionDate();
        assertThat(gone).isEqualTo(TestServer.START.plus(Duration.ofDays(7)));
        refused(() -> get("db"), "InvalidRequestException", MARKED);
        refused(
                () -> secrets.putSecretValue(r -> r.secretId("db").secretString("two")),
                "InvalidRequestException",
                MARKED);
        refused(
                () -> create("db", "one"),
                "InvalidRequestException",
                "You can't create this secret because a secret with this name is already scheduled for deletion.");
        assertThat(describe("db").deletedDate()).isNotNull();
        assertThat(secrets.listSecrets(r -> {}).secretList()).isEmpty();
        assertThat(secrets.listSecrets(r -> r.includePlannedDeletion(true)).secretList())
                .hasSize(1);
        secrets.restoreSecret(r -> r.secretId("db"));
        assertThat(describe("db").deletedDate()).isNull();
        server.advance(Duration.ofDays(30));
        assertThat(get("db").secretString()).isEqualTo("one");
    }

    @Test
    void aMarkedSecretIsReallyGoneWhenItsWindowEnds() {
        String before = create("db", "one").arn();
        secrets.deleteSecret(r -> r.secretId("db").recoveryWindowInDays(7L));
        server.advance(Duration.ofDays(7).minusMillis(1));
        assertThat(describe("db").arn()).isEqualTo(before);
        server.advance(Duration.ofMillis(1));
        refused(() -> describe("db"), "ResourceNotFoundException", notFound());
        assertThat(create("db", "new").arn()).isNotEqualTo(before);
        assertThat(secrets.listSecretVersionIds(r -> r.secretId("db").includeDeprecated(true))
                        .versions())
                .hasSize(1);
    }

    @Test
    void aForcedDeletionIsAtOnceAndSucceedsTwice() {
        create("db", "one");
        for (int i = 0; i < 2; i++) {
            var deleted = secrets.deleteSecret(r -> r.secretId("db").forceDeleteWithoutRecovery(true));
            assertThat(deleted.deletionDate()).isEqualTo(TestServer.START);
            assertThat(deleted.name()).isEqualTo("db");
        }
        refused(() -> get("db"), "ResourceNotFoundException", notFound());
        refused(
                () -> secrets.deleteSecret(
                        r -> r.secretId("db").forceDeleteWithoutRecovery(true).recoveryWindowInDays(7L)),
                "InvalidParameterException",
                "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
        refused(
                () -> secrets.deleteSecret(r -> r.secretId("db").recoveryWindowInDays(6L)),
                "InvalidParameterException",
                "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
    }

    @Test
    void theLastAccessIsKeptToTheDay() {
        create("db", "one");
        assertThat(describe("db").lastAccessedDate()).isNull();
        get("db");
        assertThat(describe("db").lastAccessedDate()).isEqualTo(Instant.parse("2026-03-02T00:00:00Z"));
        server.advance(Duration.ofDays(1));
        get("db");
        assertThat(describe("db").lastAccessedDate()).isEqualTo(Instant.parse("2026-03-03T00:00:00Z"));
    }

    @Test
    void aBatchTellsWhatItCouldNotRead() {
        create("a", "one");
        create("b", "two");
        var batch = secrets.batchGetSecretValue(r -> r.secretIdList("a", "b", "nowhere"));
        assertThat(batch.secretValues()).extracting(v -> v.secretString()).containsExactly("one", "two");
        assertThat(batch.errors()).hasSize(1);
        assertThat(batch.errors().getFirst().secretId()).isEqualTo("nowhere");
        assertThat(batch.errors().getFirst().errorCode()).isEqualTo("ResourceNotFoundException");
        var filtered = secrets.batchGetSecretValue(r -> r.filters(filter("name", "b")));
        assertThat(filtered.secretValues()).extracting(v -> v.name()).containsExactly("b");
    }

    @Test
    void listsAreFilteredAndPaged() {
        for (String name : List.of("prod/db", "prod/api", "Test/db")) {
            secrets.createSecret(r ->
                    r.name(name).description("The " + name).tags(tag("team-" + name.substring(0, 4), "Blue")));
            server.advance(Duration.ofSeconds(1));
        }
        assertThat(names("name", "prod/")).containsExactly("prod/db", "prod/api");
        assertThat(names("name", "!prod/")).containsExactly("Test/db");
        assertThat(names("name", "test/")).isEmpty();
        assertThat(names("description", "the TEST")).containsExactly("Test/db");
        assertThat(names("tag-key", "team-p")).containsExactly("prod/db", "prod/api");
        assertThat(names("tag-value", "Blue")).hasSize(3);
        assertThat(names("tag-value", "blue")).isEmpty();
        assertThat(names("all", "DB")).containsExactly("prod/db", "Test/db");
        assertThat(names("name", "Test", "prod/a")).containsExactly("prod/api", "Test/db");
        var pages = secrets.listSecretsPaginator(r -> r.maxResults(1).sortOrder("desc"));
        assertThat(pages.stream()
                        .flatMap(page -> page.secretList().stream())
                        .map(s -> s.name())
                        .toList())
                .containsExactly("Test/db", "prod/api", "prod/db");
        refused(
                () -> secrets.listSecrets(r -> r.nextToken("?")),
                "InvalidNextTokenException",
                "The NextToken value is invalid.");
    }

    private List<String> names(String key, String... values) {
        return secrets.listSecrets(r -> r.filters(filter(key, values))).secretList().stream()
                .map(s -> s.name())
                .toList();
    }

    private static Filter filter(String key, String... values) {
        return Filter.builder()
                .key(FilterNameStringType.fromValue(key))
                .values(values)
                .build();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    @Test
    void tagsComeAndGo() {
        create("db", "one");
        secrets.tagResource(r -> r.secretId("db").tags(tag("a", "1"), tag("b", "")));
        secrets.untagResource(r -> r.secretId("db").tagKeys("a", "nowhere"));
        assertThat(describe("db").tags())
                .singleElement()
                .satisfies(tag -> assertThat(tag.key() + "=" + tag.value()).isEqualTo("b="));
    }

    @Test
    void passwordsHaveWhatWasAskedFor() {
        String password = secrets.getRandomPassword(r -> r.passwordLength(200L)
                        .excludePunctuation(true)
                        .excludeCharacters("abcABC123")
                        .includeSpace(true))
                .randomPassword();
        assertThat(password)
                .hasSize(200)
                .matches("[d-zD-Z4-90 ]+")
                .containsPattern("[d-z]")
                .contains(" ");
        assertThat(secrets.getRandomPassword(r -> {}).randomPassword()).hasSize(32);
    }

    @Test
    void policiesAreKeptAndPublicOnesStoppedOnRequest() {
        create("db", "one");
        assertThat(secrets.getResourcePolicy(r -> r.secretId("db")).resourcePolicy())
                .isNull();
        String open = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
                + "\"Action\":\"secretsmanager:GetSecretValue\",\"Resource\":\"*\"}]}";
        assertThatThrownBy(() -> secrets.putResourcePolicy(
                        r -> r.secretId("db").resourcePolicy(open).blockPublicPolicy(true)))
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("PublicPolicyException"));
        secrets.putResourcePolicy(r -> r.secretId("db").resourcePolicy(open));
        assertThat(secrets.getResourcePolicy(r -> r.secretId("db")).resourcePolicy())
                .isEqualTo(open);
        secrets.deleteResourcePolicy(r -> r.secretId("db"));
        assertThat(secrets.getResourcePolicy(r -> r.secretId("db")).resourcePolicy())
                .isNull();
        refused(
                () -> secrets.putResourcePolicy(r -> r.secretId("db").resourcePolicy("{")),
                "MalformedPolicyDocumentException",
                "Syntax errors in policy.");
    }

    @Test
    void longValuesAreTakenUpToTheirLimit() {
        String longest = "x".repeat(65_536);
        create("long", longest);
        assertThat(get("long").secretString()).isEqualTo(longest);
        String tooLong = new String(new char[40_000]).replace('\0', '\u00e9');
        assertThat(tooLong.getBytes(StandardCharsets.UTF_8)).hasSizeGreaterThan(65_536);
        assertThatThrownBy(() -> create("longer", tooLong)).isInstanceOf(AwsServiceException.class);
    }
}
