package belfry.buckets.trailfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.TestServer;
import belfry.base.Json;
import belfry.trail.TrailBuckets;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.CloudTrailException;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Trails whose files are encrypted with a KMS key. */
class EncryptedTrailTest {
    private static final String BUCKET = "sealed-bucket";

    /** As AWS's documentation words it. */
    private static final String POLICY = """
            {"Version":"2012-10-17","Statement":[
             {"Sid":"Enable IAM User Permissions","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::%1$s:root"},
              "Action":"kms:*","Resource":"*"},
             {"Sid":"Allow CloudTrail to encrypt logs","Effect":"Allow",
              "Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"kms:GenerateDataKey*","Resource":"*",
              "Condition":{"StringLike":{"kms:EncryptionContext:aws:cloudtrail:arn":"arn:aws:cloudtrail:*:%1$s:trail/*"},
               "StringEquals":{"aws:SourceArn":"arn:aws:cloudtrail:us-east-1:%1$s:trail/watch"}}},
             {"Sid":"Allow CloudTrail to describe key","Effect":"Allow",
              "Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"kms:DescribeKey","Resource":"*"}]}""".formatted(TestServer.ACCOUNT);

    private TestServer server;
    private CloudTrailClient trails;
    private S3Client s3;
    private KmsClient kms;
    private String key;

    @BeforeEach
    void start() {
        server = TestServer.start();
        trails = server.client(CloudTrailClient.builder());
        s3 = server.s3();
        kms = server.client(KmsClient.builder());
        TrailBuckets.create(s3, BUCKET);
        key = kms.createKey(in -> in.policy(POLICY)).keyMetadata().arn();
        kms.createAlias(in -> in.aliasName("alias/trail").targetKeyId(key));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void watch() {
        var made = trails.createTrail(in ->
                in.name("watch").s3BucketName(BUCKET).kmsKeyId("alias/trail").enableLogFileValidation(true));
        assertThat(made.kmsKeyId()).isEqualTo(key);
        assertThat(trails.getTrail(in -> in.name("watch")).trail().kmsKeyId()).isEqualTo(key);
        trails.startLogging(in -> in.name("watch"));
    }

    private List<String> keys() {
        return s3.listObjectsV2(in -> in.bucket(BUCKET)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private void refused(String code, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        CloudTrailException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
    }

    @Test
    void filesAndDigestsAreUnderTheKeyAndReadingThemIsRecorded() throws IOException {
        watch();
        server.advance(Duration.ofHours(1));
        List<String> keys = keys();
        assertThat(keys).hasSize(2);
        for (String file : keys) {
            var got = s3.getObjectAsBytes(in -> in.bucket(BUCKET).key(file));
            assertThat(got.response().serverSideEncryption()).isEqualTo(ServerSideEncryption.AWS_KMS);
            assertThat(got.response().ssekmsKeyId()).isEqualTo(key);
            assertThat(s3.headObject(in -> in.bucket(BUCKET).key(file)).ssekmsKeyId())
                    .isEqualTo(key);
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(got.asByteArray()))) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("{\"");
            }
        }
        server.settle();
        var byName = LookupAttribute.builder()
                .attributeKey(LookupAttributeKey.EVENT_NAME)
                .attributeValue("Decrypt")
                .build();
        var events = trails.lookupEvents(in -> in.lookupAttributes(byName)).events();
        assertThat(events).hasSize(2);
        JsonNode record = Json.parse(events.getFirst().cloudTrailEvent());
        JsonNode context = record.get("requestParameters").get("encryptionContext");
        assertThat(context.get("aws:cloudtrail:arn").asText()).endsWith(":trail/watch");
        assertThat(context.get("aws:s3:arn").asText()).startsWith("arn:aws:s3:::" + BUCKET + "/AWSLogs/");
        assertThat(record.get("userIdentity").get("userName").asText()).isEqualTo(TestServer.USER);
        assertThat(record.get("resources").get(0).get("ARN").asText()).isEqualTo(key);
    }

    @Test
    void aCopyStaysUnderTheKey() {
        watch();
        server.advance(Duration.ofMinutes(5));
        String file = keys().getFirst();
        s3.copyObject(in -> in.sourceBucket(BUCKET)
                .sourceKey(file)
                .destinationBucket(BUCKET)
                .destinationKey("copy")
                .checksumAlgorithm("SHA256"));
        var copy = s3.getObjectAsBytes(in -> in.bucket(BUCKET).key("copy"));
        assertThat(copy.response().ssekmsKeyId()).isEqualTo(key);
        assertThat(copy.asByteArray())
                .isEqualTo(
                        s3.getObjectAsBytes(in -> in.bucket(BUCKET).key(file)).asByteArray());
    }

    @Test
    void withoutTheKeyNothingIsReadAndFilesWait() {
        watch();
        server.advance(Duration.ofMinutes(5));
        String file = keys().getFirst();
        kms.disableKey(in -> in.keyId(key));
        assertThatThrownBy(() -> s3.getObjectAsBytes(in -> in.bucket(BUCKET).key(file)))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("KMS.DisabledException"));
        server.advance(Duration.ofMinutes(10));
        assertThat(keys()).hasSize(1);
        assertThat(trails.getTrailStatus(in -> in.name("watch")).latestDeliveryError())
                .isEqualTo("KMS.DisabledException");
        kms.enableKey(in -> in.keyId(key));
        server.advance(Duration.ofMinutes(5));
        assertThat(keys()).hasSize(2);
        assertThat(trails.getTrailStatus(in -> in.name("watch")).latestDeliveryError())
                .isNull();
        kms.putKeyPolicy(in -> in.keyId(key).policy(POLICY.replace("trail/watch", "trail/other")));
        server.advance(Duration.ofMinutes(5));
        assertThat(trails.getTrailStatus(in -> in.name("watch")).latestDeliveryError())
                .isEqualTo("AccessDenied");
    }

    @Test
    void aKeyThatWouldNotServeIsRefused() {
        refused(
                "KmsKeyNotFoundException",
                () -> trails.createTrail(
                        in -> in.name("watch").s3BucketName(BUCKET).kmsKeyId("11111111-2222-3333-4444-555555555555")));
        refused(
                "InsufficientEncryptionPolicyException",
                () -> trails.createTrail(
                        in -> in.name("other").s3BucketName(BUCKET).kmsKeyId(key)));
        String plain = kms.createKey().keyMetadata().keyId();
        refused(
                "InsufficientEncryptionPolicyException",
                () -> trails.createTrail(
                        in -> in.name("watch").s3BucketName(BUCKET).kmsKeyId(plain)));
        try (S3Client abroad = S3Client.builder()
                .forcePathStyle(true)
                .endpointOverride(server.url())
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("ann", "unused")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            TrailBuckets.create(abroad, "bucket-abroad");
        }
        refused(
                "KmsKeyNotFoundException",
                () -> trails.createTrail(
                        in -> in.name("watch").s3BucketName("bucket-abroad").kmsKeyId(key)));
        kms.disableKey(in -> in.keyId(key));
        refused(
                "KmsKeyDisabledException",
                () -> trails.createTrail(
                        in -> in.name("watch").s3BucketName(BUCKET).kmsKeyId(key)));
    }

    @Test
    void aTrailCanBePutUnderAKeyAndTakenFromIt() {
        trails.createTrail(in -> in.name("watch").s3BucketName(BUCKET));
        assertThat(trails.updateTrail(in -> in.name("watch").kmsKeyId(key)).kmsKeyId())
                .isEqualTo(key);
        assertThat(trails.updateTrail(in -> in.name("watch").kmsKeyId("")).kmsKeyId())
                .isNull();
    }
}
