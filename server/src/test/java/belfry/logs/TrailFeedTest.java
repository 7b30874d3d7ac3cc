package belfry.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.TestServer;
import belfry.trail.TrailBuckets;
import belfry.trail.TrailRoles;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.CloudTrailException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricTransformation;
import software.amazon.awssdk.services.iam.IamClient;

/** From a call, through the trail, into the log group and the metric filter, by the AWS SDK. */
class TrailFeedTest {
    private static final String GROUP = "trail";
    private static final String ARN =
            "arn:aws:logs:" + TestServer.REGION + ":" + TestServer.ACCOUNT + ":log-group:" + GROUP + ":*";
    private static final String ROLE = "arn:aws:iam::" + TestServer.ACCOUNT + ":role/trail";

    private TestServer server;
    private CloudWatchLogsClient logs;
    private CloudTrailClient trail;

    @BeforeEach
    void start() {
        server = TestServer.start();
        logs = server.client(CloudWatchLogsClient.builder());
        trail = server.client(CloudTrailClient.builder());
        TrailBuckets.create(server.s3(), "bucket");
        assertThat(TrailRoles.create(server.client(IamClient.builder()), "trail"))
                .isEqualTo(ROLE);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void createTrail() {
        trail.createTrail(request -> request.name("main")
                .s3BucketName("bucket")
                .cloudWatchLogsLogGroupArn(ARN)
                .cloudWatchLogsRoleArn(ROLE));
        trail.startLogging(request -> request.name("main"));
    }

    private List<FilteredLogEvent> records(String pattern) {
        server.settle();
        return logs.filterLogEvents(request -> request.logGroupName(GROUP).filterPattern(pattern))
                .events();
    }

    @Test
    void aCallIsALogEventAndAMatch() {
        logs.createLogGroup(request -> request.logGroupName(GROUP));
        logs.putMetricFilter(request -> request.logGroupName(GROUP)
                .filterName("groups")
                .filterPattern("{ $.eventName = CreateLogGroup }")
                .metricTransformations(MetricTransformation.builder()
                        .metricNamespace("Security")
                        .metricName("Groups")
                        .metricValue("1")
                        .build()));
        createTrail();
        server.advance(Duration.ofSeconds(5));
        logs.createLogGroup(request -> request.logGroupName("another"));
        List<FilteredLogEvent> found = records("{ $.eventName = CreateLogGroup }");
        assertThat(found).hasSize(1);
        FilteredLogEvent event = found.getFirst();
        assertThat(event.logStreamName()).isEqualTo(TestServer.ACCOUNT + "_CloudTrail_" + TestServer.REGION);
        assertThat(event.timestamp()).isEqualTo(TestServer.START.plusSeconds(5).toEpochMilli());
        assertThat(event.message()).startsWith("{\"eventVersion\"").contains("\"logGroupName\":\"another\"");
        List<MatchedEvents.Matched> matched = server.belfry()
                .store()
                .read(tx -> MatchedEvents.newest(
                        tx,
                        TestServer.ACCOUNT,
                        TestServer.REGION,
                        "Security",
                        "Groups",
                        new TreeMap<>(),
                        TestServer.START,
                        TestServer.START.plusSeconds(60),
                        5));
        assertThat(matched).hasSize(1);
        assertThat(matched.getFirst().message()).contains(event.message());
        assertThat(trail.getTrailStatus(request -> request.name("main")).latestCloudWatchLogsDeliveryTime())
                .isEqualTo(TestServer.START.plusSeconds(5));
    }

    @Test
    void aGroupThatWentMissingIsTold() {
        assertThatThrownBy(this::createTrail).isInstanceOf(CloudTrailException.class);
        logs.createLogGroup(request -> request.logGroupName(GROUP));
        createTrail();
        logs.deleteLogGroup(request -> request.logGroupName(GROUP));
        server.settle();
        assertThat(trail.getTrailStatus(request -> request.name("main")).latestCloudWatchLogsDeliveryError())
                .isEqualTo("ResourceNotFoundException");
        logs.createLogGroup(request -> request.logGroupName(GROUP));
        assertThat(records("CreateLogGroup")).hasSize(1);
    }
}
