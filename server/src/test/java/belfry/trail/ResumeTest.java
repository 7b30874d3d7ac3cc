package belfry.trail;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.TestServer;
import belfry.base.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.GetTrailStatusResponse;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * A destination refuses for a while: the status says so, and after the mend everything is there, once and in order. What
 * must have come is what event history says happened.
 */
class ResumeTest {
    private static final String BUCKET = "logs-bucket";
    private static final String GROUP = "trail";
    private static final String GROUP_ARN =
            "arn:aws:logs:" + TestServer.REGION + ":" + TestServer.ACCOUNT + ":log-group:" + GROUP + ":*";

    private TestServer server;
    private CloudTrailClient trails;
    private CloudWatchLogsClient logs;
    private IamClient iam;
    private S3Client s3;
    private SecretsManagerClient secrets;
    private int secretsMade;

    @BeforeEach
    void start() {
        server = TestServer.start();
        trails = server.client(CloudTrailClient.builder());
        logs = server.client(CloudWatchLogsClient.builder());
        iam = server.client(IamClient.builder());
        secrets = server.client(SecretsManagerClient.builder());
        s3 = server.s3();
        TrailBuckets.create(s3, BUCKET);
        logs.createLogGroup(in -> in.logGroupName(GROUP));
        String role = TrailRoles.create(iam, "trail");
        trails.createTrail(in -> in.name("watch")
                .s3BucketName(BUCKET)
                .cloudWatchLogsLogGroupArn(GROUP_ARN)
                .cloudWatchLogsRoleArn(role));
        trails.startLogging(in -> in.name("watch"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Two hours of activity: a call every ten minutes. */
    private void twoHours() {
        for (int i = 0; i < 12; i++) {
            server.advance(Duration.ofMinutes(10));
            String name = "made-" + secretsMade++;
            secrets.createSecret(in -> in.name(name).secretString("x"));
        }
        server.settle();
    }

    private GetTrailStatusResponse status() {
        server.settle();
        return trails.getTrailStatus(in -> in.name("watch"));
    }

    private List<String> inBucket() {
        List<String> ids = new ArrayList<>();
        for (S3Object object :
                s3.listObjectsV2Paginator(in -> in.bucket(BUCKET)).contents()) {
            byte[] file = s3.getObjectAsBytes(in -> in.bucket(BUCKET).key(object.key()))
                    .asByteArray();
            Json.parse(gunzip(file))
                    .get("Records")
                    .forEach(record -> ids.add(record.get("eventID").asText()));
        }
        return ids;
    }

    private List<String> inGroup() {
        server.settle();
        List<OutputLogEvent> events = new ArrayList<>();
        String stream = TestServer.ACCOUNT + "_CloudTrail_" + TestServer.REGION;
        String token = null;
        while (true) {
            String from = token;
            var page = logs.getLogEvents(in -> in.logGroupName(GROUP)
                    .logStreamName(stream)
                    .startFromHead(true)
                    .nextToken(from));
            events.addAll(page.events());
            if (page.nextForwardToken().equals(token)) {
                break;
            }
            token = page.nextForwardToken();
        }
        return events.stream()
                .map(event -> Json.parse(event.message()).get("eventID").asText())
                .toList();
    }

    /** What the trail logged, in the order of the calls. */
    private List<String> logged() {
        return server.belfry()
                .store()
                .read(tx -> tx.query(
                        "SELECT event_id FROM trail_event WHERE selected IS NOT NULL ORDER BY seq",
                        row -> row.text(1)));
    }

    /** The log group has all that was logged after the first {@code from}, once and in order; reading it logs more. */
    private void assertGroupHoldsAllAfter(int from) {
        server.settle();
        List<String> expected = logged();
        assertThat(inGroup())
                .hasSizeGreaterThan(1)
                .doesNotHaveDuplicates()
                .startsWith(expected.subList(from, expected.size()).toArray(String[]::new));
    }

    private static String gunzip(byte[] file) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(file))) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aBucketThatLostItsPolicyForTwoHours() {
        twoHours();
        Instant lastGood = status().latestDeliveryTime();
        assertThat(lastGood).isEqualTo(TestServer.START.plus(Duration.ofMinutes(115)));
        s3.deleteBucketPolicy(in -> in.bucket(BUCKET));
        twoHours();
        var refused = status();
        assertThat(refused.latestDeliveryError()).isEqualTo("AccessDenied");
        assertThat(refused.latestDeliveryTime()).isEqualTo(lastGood);
        assertThat(refused.latestDeliveryAttemptTime()).isEqualTo("2026-03-02T14:00:00Z");
        assertThat(refused.latestDeliveryAttemptSucceeded()).isEqualTo(lastGood.toString());
        assertThat(refused.latestCloudWatchLogsDeliveryError()).isNull();
        TrailBuckets.allow(s3, BUCKET);
        server.settle();
        List<String> expected = logged();
        server.advance(Duration.ofMinutes(5));
        assertThat(inBucket()).isEqualTo(expected).doesNotHaveDuplicates();
        assertThat(status().latestDeliveryError()).isNull();
        assertThat(status().latestDeliveryTime()).isEqualTo(TestServer.START.plus(Duration.ofMinutes(245)));
    }

    @Test
    void aBucketThatWentAndCameBackAMonthLater() {
        s3.deleteBucket(in -> in.bucket(BUCKET));
        server.advance(Duration.ofDays(30));
        assertThat(status().latestDeliveryError()).isEqualTo("NoSuchBucket");
        TrailBuckets.create(s3, BUCKET);
        server.settle();
        List<String> expected = logged();
        server.advance(Duration.ofMinutes(5));
        assertThat(inBucket()).isEqualTo(expected).isNotEmpty();
    }

    @Test
    void aRoleThatLostItsPolicyForTwoHours() {
        twoHours();
        Instant lastGood = status().latestCloudWatchLogsDeliveryTime();
        iam.deleteRolePolicy(in -> in.roleName("trail").policyName("write-logs"));
        twoHours();
        var refused = status();
        assertThat(refused.latestCloudWatchLogsDeliveryError()).isEqualTo("AccessDenied");
        assertThat(refused.latestCloudWatchLogsDeliveryTime()).isEqualTo(lastGood);
        assertThat(refused.latestDeliveryError()).isNull();
        assertThat(inGroup()).isNotEmpty().doesNotContain(logged().getLast());
        iam.putRolePolicy(in -> in.roleName("trail").policyName("write-logs").policyDocument("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                 "Action":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]}"""));
        // The mend is itself a recorded call: it is all that resuming needs.
        assertGroupHoldsAllAfter(0);
        assertThat(status().latestCloudWatchLogsDeliveryError()).isNull();
        assertThat(status().latestCloudWatchLogsDeliveryTime())
                .isEqualTo(server.clock().now());
    }

    @Test
    void aRoleThatTrustsSomebodyElse() {
        iam.updateAssumeRolePolicy(in -> in.roleName("trail").policyDocument("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                 "Principal":{"Service":"config.amazonaws.com"},"Action":"sts:AssumeRole"}]}"""));
        assertThat(status().latestCloudWatchLogsDeliveryError()).isEqualTo("AccessDenied");
        iam.updateAssumeRolePolicy(in -> in.roleName("trail").policyDocument("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                 "Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"sts:AssumeRole"}]}"""));
        assertGroupHoldsAllAfter(0);
    }

    @Test
    void aLogGroupThatWentForTwoHours() {
        twoHours();
        server.settle();
        int gone = logged().size();
        logs.deleteLogGroup(in -> in.logGroupName(GROUP));
        twoHours();
        assertThat(status().latestCloudWatchLogsDeliveryError()).isEqualTo("ResourceNotFoundException");
        logs.createLogGroup(in -> in.logGroupName(GROUP));
        assertGroupHoldsAllAfter(gone);
    }

    @Test
    void aTrailThatIsLedElsewhereDeliversThereWhatWaited() {
        iam.deleteRolePolicy(in -> in.roleName("trail").policyName("write-logs"));
        twoHours();
        String role = TrailRoles.create(iam, "other");
        server.settle();
        List<String> waited = logged();
        trails.updateTrail(
                in -> in.name("watch").cloudWatchLogsLogGroupArn(GROUP_ARN).cloudWatchLogsRoleArn(role));
        // The change itself belongs to the old role, which refuses for good.
        String change = logged().getLast();
        assertThat(inGroup())
                .startsWith(waited.toArray(String[]::new))
                .doesNotContain(change)
                .doesNotHaveDuplicates();
        assertThat(status().latestCloudWatchLogsDeliveryError()).isNull();
    }

    @Test
    void oneTrailsRefusalHoldsUpNoOther() {
        TrailBuckets.create(s3, "second-bucket");
        String role = TrailRoles.create(iam, "second");
        logs.createLogGroup(in -> in.logGroupName("second"));
        trails.createTrail(in -> in.name("second")
                .s3BucketName("second-bucket")
                .cloudWatchLogsLogGroupArn(GROUP_ARN.replace("group:trail", "group:second"))
                .cloudWatchLogsRoleArn(role));
        trails.startLogging(in -> in.name("second"));
        iam.deleteRolePolicy(in -> in.roleName("second").policyName("write-logs"));
        twoHours();
        assertGroupHoldsAllAfter(0);
        assertThat(status().latestCloudWatchLogsDeliveryError()).isNull();
    }
}
