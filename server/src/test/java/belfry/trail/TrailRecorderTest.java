package belfry.trail;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.api.cloudtrail.CreateTrailRequest;
import belfry.api.cloudtrail.CreateTrailResponse;
import belfry.api.iam.AccessKey;
import belfry.api.iam.CreateAccessKeyRequest;
import belfry.api.iam.CreateAccessKeyResponse;
import belfry.api.iam.CreateLoginProfileRequest;
import belfry.api.kms.DecryptRequest;
import belfry.api.kms.DecryptResponse;
import belfry.api.kms.DisableKeyRequest;
import belfry.api.kms.ScheduleKeyDeletionRequest;
import belfry.api.kms.ScheduleKeyDeletionResponse;
import belfry.api.logs.DescribeLogGroupsRequest;
import belfry.api.logs.DescribeLogGroupsResponse;
import belfry.api.logs.PutLogEventsRequest;
import belfry.api.s3.GetBucketAclRequest;
import belfry.api.s3.GetObjectRequest;
import belfry.api.s3.PutBucketPolicyRequest;
import belfry.api.secretsmanager.CreateSecretRequest;
import belfry.api.secretsmanager.CreateSecretResponse;
import belfry.api.secretsmanager.DeleteSecretRequest;
import belfry.api.secretsmanager.DeleteSecretResponse;
import belfry.api.secretsmanager.Filter;
import belfry.api.secretsmanager.GetSecretValueRequest;
import belfry.api.secretsmanager.GetSecretValueResponse;
import belfry.api.secretsmanager.ListSecretsRequest;
import belfry.api.secretsmanager.ListSecretsResponse;
import belfry.api.sns.SubscribeInput;
import belfry.api.sns.SubscribeResponse;
import belfry.api.sts.AssumeRoleRequest;
import belfry.api.sts.AssumeRoleResponse;
import belfry.api.sts.AssumedRoleUser;
import belfry.api.sts.Credentials;
import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Ids;
import belfry.base.Json;
import belfry.gateway.Exchange;
import belfry.gateway.OnBehalf;
import belfry.gateway.Principal;
import belfry.gateway.Touched;
import belfry.store.SqliteStore;
import belfry.wire.ServiceException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrailRecorderTest {
    private static final String MARKER = "marker-9b1f-secret";
    private static final String SECRET = "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf";
    private static final String KEY = "arn:aws:kms:us-east-1:111122223333:key/1111";

    @TempDir
    private Path folder;

    private final List<Bell> rung = Collections.synchronizedList(new ArrayList<>());
    private SqliteStore store;
    private TrailRecorder recorder;

    @BeforeEach
    void open() {
        store = new SqliteStore(folder.resolve("test.db"), rung::add);
        recorder = new TrailRecorder(store, Clock.stoppedAt(Given.NOW), new Ids(new Random(1)));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Given given() {
        return new Given(store);
    }

    private List<TrailEvent> record(Exchange exchange) {
        return store.write(tx -> {
            long before = TrailEvents.last(tx);
            recorder.record(tx, exchange);
            return TrailEvents.after(tx, before, 10);
        });
    }

    private JsonNode one(Exchange exchange) {
        List<TrailEvent> events = record(exchange);
        assertThat(events).hasSize(1);
        return Json.parse(events.getFirst().json());
    }

    /** Bells are rung before the next transaction begins. */
    private List<Bell> rung() {
        store.change(tx -> {});
        return rung;
    }

    private static List<String> keys(JsonNode node) {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    @Test
    void aReadOfASecretLooksLikeAws() {
        var in = new GetSecretValueRequest().secretId("db");
        var out = new GetSecretValueResponse().name("db").secretString(MARKER);
        JsonNode record = one(given().answered("secretsmanager", "GetSecretValue", in, out));
        String id = record.get("eventID").asText();
        assertThat(Json.write(record))
                .isEqualTo("{\"eventVersion\":\"1.11\",\"userIdentity\":{\"type\":\"IAMUser\","
                        + "\"principalId\":\"AIDACKCEVSQ6C2EXAMPLE\",\"arn\":\"arn:aws:iam::111122223333:user/ann\","
                        + "\"accountId\":\"111122223333\",\"accessKeyId\":\"AKIAIOSFODNN7EXAMPLE\",\"userName\":\"ann\"},"
                        + "\"eventTime\":\"2026-03-07T14:05:09Z\",\"eventSource\":\"secretsmanager.amazonaws.com\","
                        + "\"eventName\":\"GetSecretValue\",\"awsRegion\":\"us-east-1\","
                        + "\"sourceIPAddress\":\"192.0.2.7\",\"userAgent\":\"aws-cli/2.15.0\","
                        + "\"requestParameters\":{\"secretId\":\"db\"},\"responseElements\":null,"
                        + "\"requestID\":\"req-1\",\"eventID\":\"" + id + "\",\"readOnly\":true,"
                        + "\"eventType\":\"AwsApiCall\",\"managementEvent\":true,"
                        + "\"recipientAccountId\":\"111122223333\",\"eventCategory\":\"Management\"}");
        assertThat(rung()).containsExactly(TrailRecorder.RECORDED);
    }

    @Test
    void tlsDetailsAreShownOverTlsOnly() {
        var tls = new Exchange.Transport("sm.test:4566", "TLSv1.3", "TLS_AES_128_GCM_SHA256", 3, false);
        JsonNode record = one(given().over(tls)
                .answered("secretsmanager", "ListSecrets", new ListSecretsRequest(), new ListSecretsResponse()));
        assertThat(keys(record)).endsWith("eventCategory", "tlsDetails");
        assertThat(Json.write(record.get("tlsDetails")))
                .isEqualTo("{\"tlsVersion\":\"TLSv1.3\",\"cipherSuite\":\"TLS_AES_128_GCM_SHA256\","
                        + "\"clientProvidedHostHeader\":\"sm.test:4566\"}");
        assertThat(record.get("requestParameters").isNull()).isTrue();
    }

    @Test
    void theReadersDecryptIsRecordedFirstAsMadeByTheService() {
        ObjectNode parameters = Json.object().put("encryptionAlgorithm", "SYMMETRIC_DEFAULT");
        parameters.putObject("encryptionContext").put("SecretARN", SECRET);
        var decrypt = new OnBehalf(
                "kms",
                "Decrypt",
                parameters,
                List.of(new Touched("AWS::KMS::Key", KEY)),
                "secretsmanager.amazonaws.com");
        var tls = new Exchange.Transport("sm.test:4566", "TLSv1.3", "TLS_AES_128_GCM_SHA256", 3, false);
        List<TrailEvent> events = record(given().by(Given.DEPLOY)
                .over(tls)
                .behind(decrypt)
                .answered(
                        "secretsmanager",
                        "GetSecretValue",
                        new GetSecretValueRequest().secretId("db"),
                        new GetSecretValueResponse()));
        assertThat(events).hasSize(2);
        JsonNode inner = Json.parse(events.getFirst().json());
        assertThat(keys(inner))
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
                        "requestID",
                        "eventID",
                        "readOnly",
                        "resources",
                        "eventType",
                        "managementEvent",
                        "recipientAccountId",
                        "eventCategory");
        assertThat(Json.write(inner.get("userIdentity")))
                .isEqualTo("{\"type\":\"AssumedRole\",\"principalId\":\"AROACKCEVSQ6C2EXAMPLE:build-7\","
                        + "\"arn\":\"arn:aws:sts::111122223333:assumed-role/deploy/build-7\","
                        + "\"accountId\":\"111122223333\",\"accessKeyId\":\"ASIAIOSFODNN7EXAMPLE\","
                        + "\"sessionContext\":{\"sessionIssuer\":{\"type\":\"Role\","
                        + "\"principalId\":\"AROACKCEVSQ6C2EXAMPLE\","
                        + "\"arn\":\"arn:aws:iam::111122223333:role/ci/deploy\",\"accountId\":\"111122223333\","
                        + "\"userName\":\"deploy\"},\"webIdFederationData\":{},"
                        + "\"attributes\":{\"creationDate\":\"2026-03-07T13:55:09Z\",\"mfaAuthenticated\":\"false\"}},"
                        + "\"invokedBy\":\"secretsmanager.amazonaws.com\"}");
        assertThat(inner.get("sourceIPAddress").asText()).isEqualTo("secretsmanager.amazonaws.com");
        assertThat(inner.get("userAgent").asText()).isEqualTo("secretsmanager.amazonaws.com");
        assertThat(inner.get("readOnly").asBoolean()).isTrue();
        assertThat(Json.write(inner.get("resources")))
                .isEqualTo("[{\"accountId\":\"111122223333\",\"type\":\"AWS::KMS::Key\",\"ARN\":\"" + KEY + "\"}]");
    }

    @Test
    void rootHasItsAccountAsPrincipal() {
        JsonNode record = one(given().by(new Principal.Root(Given.ACCOUNT, "AKIAROOT"))
                .answered("secretsmanager", "ListSecrets", null, new ListSecretsResponse()));
        assertThat(Json.write(record.get("userIdentity")))
                .isEqualTo("{\"type\":\"Root\",\"principalId\":\"111122223333\","
                        + "\"arn\":\"arn:aws:iam::111122223333:root\",\"accountId\":\"111122223333\","
                        + "\"accessKeyId\":\"AKIAROOT\"}");
    }

    @Test
    void secretsAreLeftOut() {
        var in = new CreateSecretRequest()
                .name("db")
                .clientRequestToken("t-1")
                .description("d")
                .secretString(MARKER)
                .secretBinary(MARKER.getBytes(StandardCharsets.UTF_8))
                .forceOverwriteReplicaSecret(false);
        JsonNode record = one(given().answered(
                        "secretsmanager",
                        "CreateSecret",
                        in,
                        new CreateSecretResponse().arn(SECRET).name("db").versionId("v")));
        assertThat(Json.write(record.get("requestParameters")))
                .isEqualTo("{\"name\":\"db\",\"clientRequestToken\":\"t-1\",\"description\":\"d\","
                        + "\"forceOverwriteReplicaSecret\":false}");
        assertThat(Json.write(record.get("responseElements"))).isEqualTo("{\"arn\":\"" + SECRET + "\"}");
        assertThat(record.get("readOnly").asBoolean()).isFalse();
    }

    @Test
    void datesArePrintedAsJavaDoes() {
        var out = new DeleteSecretResponse().arn(SECRET).name("db").deletionDate(Given.NOW.plusSeconds(86_400));
        JsonNode record = one(given().answered(
                        "secretsmanager",
                        "DeleteSecret",
                        new DeleteSecretRequest().secretId("db").recoveryWindowInDays(7L),
                        out));
        assertThat(record.at("/responseElements/deletionDate").asText()).isEqualTo("Mar 8, 2026, 2:05:09 PM");
        assertThat(record.at("/requestParameters/recoveryWindowInDays").asInt()).isEqualTo(7);
        AccessKey key = new AccessKey()
                .userName("bob")
                .accessKeyId("AKIA1")
                .status("Active")
                .secretAccessKey(MARKER)
                .createDate(Given.NOW);
        JsonNode iam = one(given().in("eu-west-1")
                .answered(
                        "iam",
                        "CreateAccessKey",
                        new CreateAccessKeyRequest().userName("bob"),
                        new CreateAccessKeyResponse().accessKey(key)));
        assertThat(iam.at("/responseElements/accessKey/createDate").asText()).isEqualTo("Mar 7, 2026 2:05:09 PM");
        assertThat(keys(iam.at("/responseElements/accessKey")))
                .containsExactlyInAnyOrder("userName", "accessKeyId", "status", "createDate");
        assertThat(iam.get("awsRegion").asText()).isEqualTo("us-east-1");
    }

    @Test
    void assumedRolesShowTokenButNoSecretKey() {
        Credentials credentials = new Credentials()
                .accessKeyId("ASIA1")
                .secretAccessKey(MARKER)
                .sessionToken("token-1")
                .expiration(Given.NOW);
        String role = "arn:aws:iam::111122223333:role/deploy";
        JsonNode record = one(given().answered(
                        "sts",
                        "AssumeRole",
                        new AssumeRoleRequest()
                                .roleArn(role)
                                .roleSessionName("s")
                                .durationSeconds(900),
                        new AssumeRoleResponse()
                                .credentials(credentials)
                                .assumedRoleUser(new AssumedRoleUser()
                                        .assumedRoleId("AROA:s")
                                        .arn("arn:x"))));
        assertThat(record.get("readOnly").asBoolean()).isTrue();
        assertThat(Json.write(record.get("responseElements")))
                .isEqualTo("{\"credentials\":{\"accessKeyId\":\"ASIA1\",\"sessionToken\":\"token-1\","
                        + "\"expiration\":\"Mar 7, 2026, 2:05:09 PM\"},"
                        + "\"assumedRoleUser\":{\"assumedRoleId\":\"AROA:s\",\"arn\":\"arn:x\"}}");
        assertThat(record.at("/resources/0/ARN").asText()).isEqualTo(role);
    }

    @Test
    void deniedCallsShowNothingOfWhatWasAsked() {
        JsonNode record = one(given().refused(
                        "secretsmanager",
                        "GetSecretValue",
                        new GetSecretValueRequest().secretId("db"),
                        ServiceException.of("AccessDeniedException", "User: x is not authorized")));
        assertThat(record.get("errorCode").asText()).isEqualTo("AccessDenied");
        assertThat(record.get("errorMessage").asText()).isEqualTo("User: x is not authorized");
        assertThat(record.get("requestParameters").isNull()).isTrue();
        assertThat(record.get("responseElements").isNull()).isTrue();
        assertThat(keys(record).subList(6, 12))
                .containsExactly(
                        "sourceIPAddress",
                        "userAgent",
                        "errorCode",
                        "errorMessage",
                        "requestParameters",
                        "responseElements");
    }

    @Test
    void failedCallsBearTheShapesName() {
        JsonNode record = one(given().refused(
                        "iam",
                        "CreateLoginProfile",
                        new CreateLoginProfileRequest().userName("bob").password(MARKER),
                        ServiceException.of("NoSuchEntity", 404, "x".repeat(3_000))));
        assertThat(record.get("errorCode").asText()).isEqualTo("NoSuchEntityException");
        assertThat(record.get("errorMessage").asText()).hasSize(1_024);
        assertThat(Json.write(record.get("requestParameters"))).isEqualTo("{\"userName\":\"bob\"}");
    }

    @Test
    void kmsShowsNoTextsAndNamesTheKey() {
        var in = new DecryptRequest()
                .ciphertextBlob(MARKER.getBytes(StandardCharsets.UTF_8))
                .encryptionAlgorithm("SYMMETRIC_DEFAULT");
        var out = new DecryptResponse().plaintext(MARKER.getBytes(StandardCharsets.UTF_8));
        JsonNode decrypt = one(given().touching("AWS::KMS::Key", KEY).answered("kms", "Decrypt", in, out));
        assertThat(Json.write(decrypt.get("requestParameters")))
                .isEqualTo("{\"encryptionAlgorithm\":\"SYMMETRIC_DEFAULT\"}");
        assertThat(decrypt.get("responseElements").isNull()).isTrue();
        JsonNode disable = one(given().touching("AWS::KMS::Key", KEY)
                .answered("kms", "DisableKey", new DisableKeyRequest().keyId("1111"), null));
        assertThat(Json.write(disable.get("responseElements"))).isEqualTo("{\"keyId\":\"" + KEY + "\"}");
        JsonNode schedule = one(given().touching("AWS::KMS::Key", KEY)
                .answered(
                        "kms",
                        "ScheduleKeyDeletion",
                        new ScheduleKeyDeletionRequest().keyId("1111").pendingWindowInDays(7),
                        new ScheduleKeyDeletionResponse()
                                .keyId(KEY)
                                .deletionDate(Given.NOW)
                                .keyState("PendingDeletion")
                                .pendingWindowInDays(7)));
        assertThat(schedule.at("/responseElements/keyState").asText()).isEqualTo("PendingDeletion");
        assertThat(schedule.get("readOnly").asBoolean()).isFalse();
    }

    @Test
    void bucketCallsAreShownInS3sWay() {
        JsonNode acl = one(given().answered("s3", "GetBucketAcl", new GetBucketAclRequest().bucket("b"), null));
        assertThat(Json.write(acl.get("requestParameters")))
                .isEqualTo("{\"bucketName\":\"b\",\"Host\":\"secretsmanager.us-east-1.amazonaws.com\",\"acl\":\"\"}");
        assertThat(Json.write(acl.get("additionalEventData")))
                .isEqualTo("{\"SignatureVersion\":\"SigV4\",\"bytesTransferredIn\":17,"
                        + "\"AuthenticationMethod\":\"AuthHeader\"}");
        assertThat(acl.at("/resources/0/ARN").asText()).isEqualTo("arn:aws:s3:::b");
        var policy = new PutBucketPolicyRequest().bucket("b").policy("{\"Version\":\"2012-10-17\"}");
        JsonNode put = one(given().answered("s3", "PutBucketPolicy", policy, null));
        assertThat(Json.write(put.get("requestParameters")))
                .startsWith("{\"bucketPolicy\":{\"Version\":\"2012-10-17\"},\"bucketName\":\"b\"");
    }

    @Test
    void subscribersAddressesAreMasked() {
        var in = new SubscribeInput().topicArn("arn:t").protocol("https").endpoint("https://u:" + MARKER + "@h/");
        JsonNode record =
                one(given().answered("sns", "Subscribe", in, new SubscribeResponse().subscriptionArn("pending")));
        assertThat(Json.write(record.get("requestParameters")))
                .isEqualTo("{\"topicArn\":\"arn:t\",\"protocol\":\"https\","
                        + "\"endpoint\":\"HIDDEN_DUE_TO_SECURITY_REASONS\"}");
    }

    @Test
    void cloudWatchLogsShowsItsVersion() {
        JsonNode record = one(given().answered(
                        "logs", "DescribeLogGroups", new DescribeLogGroupsRequest(), new DescribeLogGroupsResponse()));
        assertThat(record.get("apiVersion").asText()).isEqualTo("20140328");
        assertThat(keys(record)).containsSubsequence("eventType", "apiVersion", "managementEvent");
    }

    @Test
    void dataEventsThatNoTrailWantsLeaveNoRecord() {
        assertThat(record(given().answered("logs", "PutLogEvents", new PutLogEventsRequest(), null)))
                .isEmpty();
        assertThat(record(given().answered(
                                "s3",
                                "GetObject",
                                new GetObjectRequest().bucket("b").key("k"),
                                null)))
                .isEmpty();
        assertThat(rung()).isEmpty();
    }

    @Test
    void tooLargeParametersAreReplaced() {
        var filters = List.of(new Filter().key("name").values(List.of("x".repeat(200_000))));
        JsonNode record = one(given().answered(
                        "secretsmanager",
                        "ListSecrets",
                        new ListSecretsRequest().filters(filters),
                        new ListSecretsResponse()));
        assertThat(record.at("/requestParameters/reason").asText()).isEqualTo("requestParameters too large");
        assertThat(record.at("/requestParameters/omitted").asBoolean()).isTrue();
        assertThat(record.at("/requestParameters/originalSize").asInt()).isGreaterThan(200_000);
    }

    @Test
    void trailsAreShownAsAwsShowsThem() {
        var in = new CreateTrailRequest().name("t").s3BucketName("b").isMultiRegionTrail(true);
        var out = new CreateTrailResponse()
                .name("t")
                .s3BucketName("b")
                .includeGlobalServiceEvents(true)
                .isMultiRegionTrail(true)
                .trailARN("arn:t")
                .logFileValidationEnabled(false)
                .isOrganizationTrail(false);
        JsonNode record = one(given().answered("cloudtrail", "CreateTrail", in, out));
        assertThat(keys(record.get("responseElements")))
                .containsExactly(
                        "name",
                        "s3BucketName",
                        "includeGlobalServiceEvents",
                        "isMultiRegionTrail",
                        "trailARN",
                        "logFileValidationEnabled",
                        "isOrganizationTrail");
        assertThat(keys(record.get("requestParameters"))).containsExactly("name", "s3BucketName", "isMultiRegionTrail");
    }
}
