package belfry.access;

import static belfry.SecuredServer.allow;
import static belfry.SecuredServer.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.SecuredServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricTransformation;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** In secured mode, with everything that AWS asks of a trail in its place, a refused call raises the usual alarm. */
class RefusalAlarmTest {
    private static final String BUCKET = "trail-of-refusals";
    private static final String ROLE = "arn:aws:iam::123456789012:role/trail-to-logs";
    private static final String GROUP = "arn:aws:logs:us-east-1:123456789012:log-group:calls:*";

    @TempDir
    private Path folder;

    @Test
    void aRefusedCallRaisesTheAlarm() {
        try (SecuredServer server = new SecuredServer(folder)) {
            trail(server);
            CloudWatchClient cloudWatch = server.client(CloudWatchClient.builder(), server.root());
            cloudWatch.putMetricAlarm(b -> b.alarmName("UnauthorizedAPICalls")
                    .namespace("Security")
                    .metricName("Unauthorized")
                    .statistic(Statistic.SUM)
                    .period(60)
                    .evaluationPeriods(1)
                    .threshold(1.0)
                    .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                    .treatMissingData("notBreaching"));
            server.belfry().pumps().settle();
            assertThat(state(cloudWatch)).isNotEqualTo(StateValue.ALARM);

            SecretsManagerClient mallory = server.client(SecretsManagerClient.builder(), server.user("mallory"));
            assertThatThrownBy(() -> mallory.getSecretValue(b -> b.secretId("prod/db")))
                    .hasMessageContaining("is not authorized to perform");
            server.belfry().pumps().settle();
            assertThat(state(cloudWatch)).isEqualTo(StateValue.ALARM);
        }
    }

    private static StateValue state(CloudWatchClient cloudWatch) {
        return cloudWatch
                .describeAlarms(b -> b.alarmNames("UnauthorizedAPICalls"))
                .metricAlarms()
                .getFirst()
                .stateValue();
    }

    private static void trail(SecuredServer server) {
        S3Client s3 = server.s3(server.root());
        s3.createBucket(b -> b.bucket(BUCKET));
        String service = "\"Principal\":{\"Service\":\"cloudtrail.amazonaws.com\"},";
        s3.putBucketPolicy(b -> b.bucket(BUCKET)
                .policy(policy(
                        allow("s3:GetBucketAcl", "arn:aws:s3:::" + BUCKET)
                                .replace("\"Action\"", service + "\"Action\""),
                        allow("s3:PutObject", "arn:aws:s3:::" + BUCKET + "/AWSLogs/123456789012/*")
                                .replace("\"Action\"", service + "\"Action\""))));
        server.iam()
                .createRole(b -> b.roleName("trail-to-logs")
                        .assumeRolePolicyDocument(
                                policy("{\"Effect\":\"Allow\"," + service + "\"Action\":\"sts:AssumeRole\"}")));
        server.iam()
                .putRolePolicy(b ->
                        b.roleName("trail-to-logs").policyName("write").policyDocument(policy(allow("logs:*", "*"))));
        CloudWatchLogsClient logs = server.client(CloudWatchLogsClient.builder(), server.root());
        logs.createLogGroup(b -> b.logGroupName("calls"));
        logs.putMetricFilter(b -> b.logGroupName("calls")
                .filterName("unauthorized")
                .filterPattern("{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }")
                .metricTransformations(MetricTransformation.builder()
                        .metricNamespace("Security")
                        .metricName("Unauthorized")
                        .metricValue("1")
                        .build()));
        CloudTrailClient trail = server.client(CloudTrailClient.builder(), server.root());
        trail.createTrail(b -> b.name("main")
                .s3BucketName(BUCKET)
                .cloudWatchLogsLogGroupArn(GROUP)
                .cloudWatchLogsRoleArn(ROLE));
        trail.startLogging(b -> b.name("main"));
    }
}
