package belfry.tools.doctor;

import belfry.Belfry;
import belfry.Options;
import belfry.base.Clock;
import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricTransformation;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;

/** The tutorial's chain on a real server, every link as it should be; tests then break one. */
final class Watched implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-03-02T10:00:10Z");
    static final String SECRET = "prod/db";
    static final String EMAIL = "you@example.com";
    static final String GROUP = "trail-records";
    static final String BUCKET = "trail-files";
    static final String TRAIL = "watch";
    static final String ALARM = "SecretIsRead";
    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
             "Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
    static final String WRITE_LOGS = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
             "Action":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]}""";
    private static final String WRITE_FILES = """
            {"Version":"2012-10-17","Statement":[
             {"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},
              "Action":"s3:GetBucketAcl","Resource":"arn:aws:s3:::trail-files"},
             {"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},
              "Action":"s3:PutObject","Resource":"arn:aws:s3:::trail-files/AWSLogs/123456789012/*",
              "Condition":{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control"}}}]}""";
    private static final Pattern LINK = Pattern.compile("http://\\S+/_belfry/confirm\\?\\S+");

    final Belfry belfry;
    private final List<SdkClient> made = new ArrayList<>();
    final SecretsManagerClient secrets;
    final KmsClient keys;
    final S3Client buckets;
    final IamClient roles;
    final CloudTrailClient trails;
    final CloudWatchLogsClient logs;
    final CloudWatchClient alarms;
    final SnsClient topics;
    final EventBridgeClient rules;
    String topic = "";
    String subscription = "";

    Watched(Options options) {
        belfry = Belfry.start(options, Clock.stoppedAt(NOW));
        secrets = client(SecretsManagerClient.builder());
        keys = client(KmsClient.builder());
        buckets = client(S3Client.builder().forcePathStyle(true));
        roles = client(IamClient.builder());
        trails = client(CloudTrailClient.builder());
        logs = client(CloudWatchLogsClient.builder());
        alarms = client(CloudWatchClient.builder());
        topics = client(SnsClient.builder());
        rules = client(EventBridgeClient.builder());
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> C client(B builder) {
        C client = builder.endpointOverride(belfry.url())
                .region(Region.US_EAST_1)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        made.add(client);
        return client;
    }

    /** Every link but the subscription. */
    void setUp() {
        secrets.createSecret(r -> r.name(SECRET).secretString("unique-marker-7a3e"));
        trail();
        filter(FilterCheck.PATTERN);
        topic = topics.createTopic(r -> r.name("security")).topicArn();
        alarm(Statistic.SUM);
    }

    /** Subscribes and follows the link in the mail. */
    void confirm() throws IOException, InterruptedException {
        subscribe();
        belfry.pumps().settle();
        JsonNode mails = Json.parse(get(belfry.url().resolve("/_belfry/mail")));
        Matcher link = LINK.matcher(mails.path(mails.size() - 1).path("text").asText());
        if (!link.find()) {
            throw new AssertionError("no confirmation mail: " + mails);
        }
        get(URI.create(link.group()));
        subscription = topics.listSubscriptionsByTopic(r -> r.topicArn(topic))
                .subscriptions()
                .getFirst()
                .subscriptionArn();
    }

    void subscribe() {
        topics.subscribe(r -> r.topicArn(topic).protocol("email").endpoint(EMAIL));
    }

    private static String get(URI uri) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private void trail() {
        buckets.createBucket(r -> r.bucket(BUCKET));
        buckets.putBucketPolicy(r -> r.bucket(BUCKET).policy(WRITE_FILES));
        logs.createLogGroup(r -> r.logGroupName(GROUP));
        String group = logs.describeLogGroups(r -> r.logGroupNamePrefix(GROUP))
                .logGroups()
                .getFirst()
                .arn();
        String role = roles.createRole(r -> r.roleName("to-logs").assumeRolePolicyDocument(TRUST))
                .role()
                .arn();
        roles.putRolePolicy(r -> r.roleName("to-logs").policyName("write").policyDocument(WRITE_LOGS));
        trails.createTrail(r -> r.name(TRAIL)
                .s3BucketName(BUCKET)
                .isMultiRegionTrail(true)
                .cloudWatchLogsLogGroupArn(group)
                .cloudWatchLogsRoleArn(role));
        trails.startLogging(r -> r.name(TRAIL));
    }

    void filter(String pattern) {
        filter(GROUP, pattern);
    }

    void filter(String group, String pattern) {
        logs.putMetricFilter(r -> r.logGroupName(group)
                .filterName("SecretReads")
                .filterPattern(pattern)
                .metricTransformations(MetricTransformation.builder()
                        .metricNamespace("SecurityMetrics")
                        .metricName("SecretIsAccessed")
                        .metricValue("1")
                        .defaultValue(0.0)
                        .build()));
    }

    void alarm(Statistic statistic) {
        alarms.putMetricAlarm(alarm().statistic(statistic).build());
    }

    /** As the tutorial puts it. */
    PutMetricAlarmRequest.Builder alarm() {
        return PutMetricAlarmRequest.builder()
                .alarmName(ALARM)
                .namespace("SecurityMetrics")
                .metricName("SecretIsAccessed")
                .statistic(Statistic.SUM)
                .period(300)
                .evaluationPeriods(1)
                .threshold(1.0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .treatMissingData("notBreaching")
                .alarmActions(topic);
    }

    void read() {
        secrets.getSecretValue(r -> r.secretId(SECRET));
        belfry.pumps().settle();
    }

    @Override
    public void close() {
        made.forEach(SdkClient::close);
        belfry.close();
    }
}
