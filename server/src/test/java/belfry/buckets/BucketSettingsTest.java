package belfry.buckets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.TestServer;
import belfry.base.Ids;
import belfry.seal.RootKey;
import belfry.vault.Keys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;
import software.amazon.awssdk.services.s3.model.Tag;

/** What hangs on a bucket: round trips, and S3's own errors while it is not there. */
class BucketSettingsTest {
    private static final String BUCKET = "trail-bucket";

    @TempDir
    private Path folder;

    private final TestServer server = TestServer.start();
    private final S3Client s3 = server.s3();

    @BeforeEach
    void bucket() {
        s3.createBucket(b -> b.bucket(BUCKET));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static void refused(ThrowingCallable call, int status, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(S3Exception.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(e.statusCode()).isEqualTo(status);
        });
    }

    @Test
    void whatIsNotSetIsAbsentInS3sWords() {
        Map<String, ThrowingCallable> absent = new LinkedHashMap<>();
        absent.put("NoSuchBucketPolicy", () -> s3.getBucketPolicy(b -> b.bucket(BUCKET)));
        absent.put("NoSuchTagSet", () -> s3.getBucketTagging(b -> b.bucket(BUCKET)));
        absent.put("NoSuchCORSConfiguration", () -> s3.getBucketCors(b -> b.bucket(BUCKET)));
        absent.put("NoSuchWebsiteConfiguration", () -> s3.getBucketWebsite(b -> b.bucket(BUCKET)));
        absent.put("NoSuchLifecycleConfiguration", () -> s3.getBucketLifecycleConfiguration(b -> b.bucket(BUCKET)));
        absent.put("ReplicationConfigurationNotFoundError", () -> s3.getBucketReplication(b -> b.bucket(BUCKET)));
        absent.put("ObjectLockConfigurationNotFoundError", () -> s3.getObjectLockConfiguration(b -> b.bucket(BUCKET)));
        absent.forEach((code, call) -> refused(call, 404, code));
        assertThat(s3.getBucketVersioning(b -> b.bucket(BUCKET)).status()).isNull();
        assertThat(s3.getBucketAccelerateConfiguration(b -> b.bucket(BUCKET)).status())
                .isNull();
        assertThat(s3.getBucketLogging(b -> b.bucket(BUCKET)).loggingEnabled()).isNull();
        assertThat(s3.getBucketRequestPayment(b -> b.bucket(BUCKET)).payerAsString())
                .isEqualTo("BucketOwner");
        assertThat(s3.getBucketNotificationConfiguration(b -> b.bucket(BUCKET)).topicConfigurations())
                .isEmpty();
    }

    @Test
    void aNewBucketIsClosedToThePublicAndOwnsItsObjects() {
        assertThat(s3.getPublicAccessBlock(b -> b.bucket(BUCKET))
                        .publicAccessBlockConfiguration()
                        .blockPublicPolicy())
                .isTrue();
        assertThat(s3.getBucketOwnershipControls(b -> b.bucket(BUCKET))
                        .ownershipControls()
                        .rules()
                        .getFirst()
                        .objectOwnership())
                .isEqualTo(ObjectOwnership.BUCKET_OWNER_ENFORCED);
        s3.deletePublicAccessBlock(b -> b.bucket(BUCKET));
        s3.deleteBucketOwnershipControls(b -> b.bucket(BUCKET));
        refused(() -> s3.getPublicAccessBlock(b -> b.bucket(BUCKET)), 404, "NoSuchPublicAccessBlockConfiguration");
        refused(() -> s3.getBucketOwnershipControls(b -> b.bucket(BUCKET)), 404, "OwnershipControlsNotFoundError");
    }

    @Test
    void encryptionIsAes256AndNothingElseIsPretended() {
        assertThat(algorithm()).isEqualTo(ServerSideEncryption.AES256);
        putEncryption(ServerSideEncryption.AES256);
        assertThat(algorithm()).isEqualTo(ServerSideEncryption.AES256);
        refused(() -> putEncryption(ServerSideEncryption.AWS_KMS), 400, "NotImplemented");
        s3.deleteBucketEncryption(b -> b.bucket(BUCKET));
        assertThat(algorithm()).isEqualTo(ServerSideEncryption.AES256);
    }

    private void putEncryption(ServerSideEncryption algorithm) {
        var rule = ServerSideEncryptionRule.builder()
                .applyServerSideEncryptionByDefault(d -> d.sseAlgorithm(algorithm))
                .build();
        s3.putBucketEncryption(b -> b.bucket(BUCKET).serverSideEncryptionConfiguration(c -> c.rules(rule)));
    }

    private ServerSideEncryption algorithm() {
        return s3.getBucketEncryption(b -> b.bucket(BUCKET))
                .serverSideEncryptionConfiguration()
                .rules()
                .getFirst()
                .applyServerSideEncryptionByDefault()
                .sseAlgorithm();
    }

    @Test
    void tagsComeBack() {
        Tag team = Tag.builder().key("team").value("ops + sec").build();
        s3.putBucketTagging(b -> b.bucket(BUCKET).tagging(t -> t.tagSet(team)));
        assertThat(s3.getBucketTagging(b -> b.bucket(BUCKET)).tagSet()).containsExactly(team);
        s3.deleteBucketTagging(b -> b.bucket(BUCKET));
        refused(() -> s3.getBucketTagging(b -> b.bucket(BUCKET)), 404, "NoSuchTagSet");
        refused(() -> s3.putBucketTagging(b -> b.bucket(BUCKET).tagging(t -> t.tagSet(team, team))), 400, "InvalidTag");

        s3.putObject(b -> b.bucket(BUCKET).key("k").tagging("a=1&b=x%20y"), RequestBody.fromString("v"));
        assertThat(s3.getObjectTagging(b -> b.bucket(BUCKET).key("k")).tagSet()).hasSize(2);
        s3.putObjectTagging(b -> b.bucket(BUCKET).key("k").tagging(t -> t.tagSet(team)));
        assertThat(s3.getObjectTagging(b -> b.bucket(BUCKET).key("k")).tagSet()).containsExactly(team);
        s3.deleteObjectTagging(b -> b.bucket(BUCKET).key("k"));
        assertThat(s3.getObjectTagging(b -> b.bucket(BUCKET).key("k")).tagSet()).isEmpty();
    }

    @Test
    void aPolicyComesBackByteForByteAndIsChecked() {
        String policy = trailPolicy(BUCKET);
        s3.putBucketPolicy(b -> b.bucket(BUCKET).policy(policy));
        assertThat(s3.getBucketPolicy(b -> b.bucket(BUCKET)).policy()).isEqualTo(policy);
        assertThat(s3.getBucketPolicyStatus(b -> b.bucket(BUCKET))
                        .policyStatus()
                        .isPublic())
                .isFalse();
        String open = """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",
                 "Action":"s3:GetObject","Resource":"arn:aws:s3:::%s/*"}]}""".formatted(BUCKET);
        refused(() -> s3.putBucketPolicy(b -> b.bucket(BUCKET).policy(open)), 403, "AccessDenied");
        s3.deletePublicAccessBlock(b -> b.bucket(BUCKET));
        s3.putBucketPolicy(b -> b.bucket(BUCKET).policy(open));
        assertThat(s3.getBucketPolicyStatus(b -> b.bucket(BUCKET))
                        .policyStatus()
                        .isPublic())
                .isTrue();
        for (String wrong : new String[] {"{", open.replace(BUCKET, "other"), open.replace("s3:Get", "sns:Get")}) {
            refused(() -> s3.putBucketPolicy(b -> b.bucket(BUCKET).policy(wrong)), 400, "MalformedPolicy");
        }
        s3.deleteBucketPolicy(b -> b.bucket(BUCKET));
        refused(() -> s3.getBucketPolicy(b -> b.bucket(BUCKET)), 404, "NoSuchBucketPolicy");
    }

    /** Whether the trail t01 with this prefix may deliver. */
    private boolean lets(String prefix, String trail) {
        var store = server.belfry().store();
        var ids = new Ids(new SecureRandom());
        RootKey root = new RootKey(folder.resolve("root.key"), ids);
        var buckets = new Buckets(store, server.clock(), ids, root, new Keys(root, ids));
        String arn = "arn:aws:cloudtrail:us-east-1:" + TestServer.ACCOUNT + ":trail/" + trail;
        return store.read(tx -> buckets.letsTrailWrite(tx, BUCKET, prefix, TestServer.ACCOUNT, arn, Optional.empty()));
    }

    @Test
    void aTrailNeedsAPolicyThatLetsItWrite() {
        assertThat(lets("", "t01")).isFalse();
        String wide = trailPolicy(BUCKET);
        s3.putBucketPolicy(b -> b.bucket(BUCKET).policy(wide));
        assertThat(lets("", "t01")).isTrue();
        String narrow = wide.replace(BUCKET + "/*\"", BUCKET + "/logs/AWSLogs/" + TestServer.ACCOUNT + "/*\"")
                .replace(
                        "\"s3:x-amz-acl\"",
                        "\"aws:SourceArn\":\"arn:aws:cloudtrail:us-east-1:" + TestServer.ACCOUNT
                                + ":trail/t01\",\"s3:x-amz-acl\"");
        s3.putBucketPolicy(b -> b.bucket(BUCKET).policy(narrow));
        assertThat(lets("logs", "t01")).isTrue();
        assertThat(lets("logs", "t02")).isFalse();
        assertThat(lets("", "t01")).isFalse();
    }

    /** The policy of CloudTrail's guide. */
    private static String trailPolicy(String bucket) {
        return """
                {"Version":"2012-10-17","Statement":[
                 {"Sid":"AWSCloudTrailAclCheck20150319","Effect":"Allow",
                  "Principal":{"Service":"cloudtrail.amazonaws.com"},
                  "Action":"s3:GetBucketAcl","Resource":"arn:aws:s3:::%1$s"},
                 {"Sid":"AWSCloudTrailWrite20150319","Effect":"Allow",
                  "Principal":{"Service":"cloudtrail.amazonaws.com"},
                  "Action":"s3:PutObject","Resource":"arn:aws:s3:::%1$s/*",
                  "Condition":{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control"}}}]}""".formatted(bucket);
    }
}
