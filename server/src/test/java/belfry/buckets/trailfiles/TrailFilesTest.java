package belfry.buckets.trailfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.Options;
import belfry.TestServer;
import belfry.base.Json;
import belfry.trail.TrailBuckets;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sns.SnsClient;

class TrailFilesTest {
    private static final String FOLDER =
            "audit/AWSLogs/" + TestServer.ACCOUNT + "/CloudTrail/us-east-1/2026/03/02/" + TestServer.ACCOUNT;

    private static final String BUCKET = "logs-bucket";
    private static final String TOPIC = "arn:aws:sns:us-east-1:" + TestServer.ACCOUNT + ":files";

    private static final String TOPIC_POLICY = """
            {"Version":"2012-10-17","Statement":[{"Sid":"AWSCloudTrailSNSPolicy20131101","Effect":"Allow",
             "Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"SNS:Publish","Resource":"%s"}]}""".formatted(TOPIC);

    private TestServer server;
    private CloudTrailClient trails;
    private S3Client s3;

    @BeforeEach
    void start() {
        server = TestServer.start();
        trails = server.client(CloudTrailClient.builder());
        s3 = server.s3();
        TrailBuckets.create(s3, BUCKET);
        SnsClient sns = server.client(SnsClient.builder());
        sns.createTopic(in -> in.name("files").attributes(Map.of("Policy", TOPIC_POLICY)));
        sns.subscribe(in -> in.topicArn(TOPIC).protocol("email").endpoint("ann@example.com"));
        trails.createTrail(
                in -> in.name("watch").s3BucketName(BUCKET).s3KeyPrefix("audit").snsTopicName("files"));
        trails.startLogging(in -> in.name("watch"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private List<String> keys() {
        return s3.listObjectsV2(in -> in.bucket(BUCKET)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    /** The events of all files, in their order. */
    private List<String> delivered() {
        List<String> names = new ArrayList<>();
        for (String key : keys()) {
            byte[] file = s3.getObjectAsBytes(in -> in.bucket(BUCKET).key(key)).asByteArray();
            for (JsonNode record : Json.parse(gunzip(file)).get("Records")) {
                names.add(record.get("eventName").asText());
            }
        }
        return names;
    }

    private static String gunzip(byte[] file) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void filesAreWrittenAtTheEndOfFiveMinutes() {
        server.advance(Duration.ofMinutes(4));
        trails.describeTrails();
        server.settle();
        assertThat(keys()).isEmpty();
        server.advance(Duration.ofMinutes(1));
        assertThat(keys())
                .singleElement()
                .asString()
                .matches(FOLDER + "_CloudTrail_us-east-1_20260302T1005Z_[A-Za-z0-9]{16}\\.json\\.gz");
        assertThat(delivered()).containsExactly("StartLogging", "DescribeTrails");
        server.advance(Duration.ofHours(1));
        assertThat(keys()).hasSize(1);
        var status = trails.getTrailStatus(in -> in.name("watch"));
        assertThat(status.latestDeliveryTime()).isEqualTo(TestServer.START.plusSeconds(300));
        assertThat(status.latestDeliveryError()).isNull();
        assertThat(status.latestNotificationTime()).isEqualTo(TestServer.START.plusSeconds(300));
    }

    @Test
    void theIntervalIsAnOption() {
        Options options = Options.development().with("trail-file-interval", "30s");
        assertThat(options.with("port", "0").trailFileInterval()).isEqualTo(Duration.ofSeconds(30));
        try (TestServer often = TestServer.start(options)) {
            S3Client bucket = often.s3();
            TrailBuckets.create(bucket, BUCKET);
            CloudTrailClient trail = often.client(CloudTrailClient.builder());
            trail.createTrail(in -> in.name("watch").s3BucketName(BUCKET));
            trail.startLogging(in -> in.name("watch"));
            often.advance(Duration.ofSeconds(30));
            assertThat(bucket.listObjectsV2(in -> in.bucket(BUCKET)).contents()).hasSize(1);
        }
        for (String wrong : List.of("0s", "5", "61m", "9999m", "PT5M")) {
            assertThatThrownBy(() -> options.with("trail-file-interval", wrong)).isInstanceOf(Options.Wrong.class);
        }
    }

    @Test
    void stoppingDeliversAtOnce() {
        trails.stopLogging(in -> in.name("watch"));
        trails.describeTrails();
        server.settle();
        assertThat(delivered()).containsExactly("StartLogging", "StopLogging");
    }

    @Test
    void whatABucketRefusesWaitsAndIsDeliveredInOrder() {
        s3.deleteBucketPolicy(in -> in.bucket(BUCKET));
        server.advance(Duration.ofMinutes(5));
        trails.describeTrails();
        server.advance(Duration.ofHours(2));
        assertThat(keys()).isEmpty();
        assertThat(trails.getTrailStatus(in -> in.name("watch")).latestDeliveryError())
                .isEqualTo("AccessDenied");
        TrailBuckets.allow(s3, BUCKET);
        server.advance(Duration.ofMinutes(5));
        assertThat(delivered())
                .containsExactly(
                        "StartLogging", "DeleteBucketPolicy", "DescribeTrails", "GetTrailStatus", "PutBucketPolicy");
        assertThat(trails.getTrailStatus(in -> in.name("watch")).latestDeliveryError())
                .isNull();
    }
}
