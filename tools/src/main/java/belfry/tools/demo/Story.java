package belfry.tools.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricTransformation;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The tutorial's story, told with the calls that a client of AWS would make. */
final class Story implements AutoCloseable {
    private static final String ADMIN = "admin";
    private static final String READER = "mallory";
    private static final String SECRET = "demo/payroll-database";
    private static final String BUCKET = "demo-trail-bucket";
    private static final String GROUP = "demo-trail";
    private static final String TRAIL = "demo";
    private static final String ALARM = "Secret is read";
    private static final String ADDRESS = "you@example.com";
    private static final String NAMESPACE = "SecurityMetrics";
    private static final String METRIC = "SecretIsAccessed";
    private static final String PATTERN =
            "{ ($.eventSource = \"secretsmanager.amazonaws.com\") && ($.eventName = \"GetSecretValue\") }";

    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
             "Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
    private static final String WRITE_LOGS = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
             "Action":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]}""";

    private final Screen screen;
    private final Mailbox mailbox;
    private final Clients clients;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final SecretsManagerClient secrets;
    private final SecretsManagerClient readerSecrets;
    private final CloudTrailClient trails;
    private final CloudWatchLogsClient logs;
    private final CloudWatchClient metrics;
    private final SnsClient topics;
    private final IamClient roles;
    private final S3Client buckets;
    private final StsClient identity;

    Story(URI server, String region, Screen screen) {
        this.screen = screen;
        this.mailbox = new Mailbox(server);
        this.clients = new Clients(server, region);
        this.secrets = clients.as(ADMIN, SecretsManagerClient.builder());
        this.readerSecrets = clients.as(READER, SecretsManagerClient.builder());
        this.trails = clients.as(ADMIN, CloudTrailClient.builder());
        this.logs = clients.as(ADMIN, CloudWatchLogsClient.builder());
        this.metrics = clients.as(ADMIN, CloudWatchClient.builder());
        this.topics = clients.as(ADMIN, SnsClient.builder());
        this.roles = clients.as(ADMIN, IamClient.builder());
        this.buckets = clients.as(ADMIN, S3Client.builder().forcePathStyle(true));
        this.identity = clients.as(ADMIN, StsClient.builder());
    }

    /** Tells it all; returns the time from the read's answer to the mail. */
    Duration tell() {
        screen.title("Setting up, as the tutorial does");
        String account = timed("identity", () -> {
            String id = identity.getCallerIdentity().account();
            return new Done<>(id, "GetCallerIdentity: account " + id);
        });
        timed("secret", () -> {
            secrets.createSecret(r -> r.name(SECRET).secretString("{\"password\":\"demo-only-" + account + "\"}"));
            return done("CreateSecret " + SECRET + ", sealed under alias/aws/secretsmanager");
        });
        timed("trail", () -> trail(account));
        timed("metric filter", () -> {
            logs.putMetricFilter(r -> r.logGroupName(GROUP)
                    .filterName("GetSecretsValue")
                    .filterPattern(PATTERN)
                    .metricTransformations(MetricTransformation.builder()
                            .metricNamespace(NAMESPACE)
                            .metricName(METRIC)
                            .metricValue("1")
                            .defaultValue(0.0)
                            .build()));
            return done("PutMetricFilter: each GetSecretValue counts 1 in " + METRIC);
        });
        String topic = timed("topic", this::topic);
        timed("alarm", () -> {
            metrics.putMetricAlarm(r -> r.alarmName(ALARM)
                    .alarmDescription("Somebody read a secret.")
                    .namespace(NAMESPACE)
                    .metricName(METRIC)
                    .statistic(Statistic.SUM)
                    .period(300)
                    .evaluationPeriods(1)
                    .threshold(1.0)
                    .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                    .treatMissingData("notBreaching")
                    .alarmActions(topic));
            return done("PutMetricAlarm \"" + ALARM + "\": Sum >= 1 in 300 s");
        });
        return read();
    }

    private Done<String> trail(String account) {
        buckets.createBucket(r -> r.bucket(BUCKET));
        buckets.putBucketPolicy(r -> r.bucket(BUCKET).policy(bucketPolicy(account)));
        logs.createLogGroup(r -> r.logGroupName(GROUP));
        String role = roles.createRole(r -> r.roleName("demo-trail-to-logs").assumeRolePolicyDocument(TRUST))
                .role()
                .arn();
        roles.putRolePolicy(
                r -> r.roleName("demo-trail-to-logs").policyName("write-logs").policyDocument(WRITE_LOGS));
        String region = trails.serviceClientConfiguration().region().id();
        trails.createTrail(r -> r.name(TRAIL)
                .s3BucketName(BUCKET)
                .isMultiRegionTrail(true)
                .cloudWatchLogsLogGroupArn("arn:aws:logs:" + region + ":" + account + ":log-group:" + GROUP + ":*")
                .cloudWatchLogsRoleArn(role));
        trails.startLogging(r -> r.name(TRAIL));
        return done("CreateTrail, StartLogging: into bucket " + BUCKET + " and log group " + GROUP);
    }

    private Done<String> topic() {
        String topic = topics.createTopic(r -> r.name("demo-alarms")).topicArn();
        topics.subscribe(r -> r.topicArn(topic).protocol("email").endpoint(ADDRESS));
        JsonNode mail = Watch.start(
                        threads, "the confirmation mail", System.nanoTime(), () -> mailbox.find("Confirmation"))
                .join()
                .found();
        mailbox.confirm(mail);
        return new Done<>(topic, "Subscribe " + ADDRESS + "; the link in the confirmation mail was followed");
    }

    private Duration read() {
        screen.title("The read: " + READER + " calls get-secret-value");
        long before = System.nanoTime();
        readerSecrets.getSecretValue(r -> r.secretId(SECRET));
        long answered = System.nanoTime();
        screen.stage("read", "GetSecretValue answered, its audit record on disk", Duration.ofNanos(answered - before));

        var history = Watch.start(threads, "the event history", answered, this::inHistory);
        var logged = Watch.start(threads, "the log event", answered, this::inLogGroup);
        var alarmed = Watch.start(threads, "the alarm", answered, this::alarmReason);
        CompletableFuture<Watch<JsonNode>> mailed =
                Watch.start(threads, "the mail", answered, () -> mailbox.find("ALARM: \"" + ALARM));
        screen.reached(
                "event history",
                "LookupEvents: " + history.join().found(),
                history.join().after());
        screen.reached(
                "log group",
                "FilterLogEvents: the record, selected by the pattern",
                logged.join().after());
        screen.reached("alarm", alarmed.join().found(), alarmed.join().after());
        JsonNode mail = mailed.join().found();
        screen.reached("mail", "to " + ADDRESS, mailed.join().after());

        screen.title("The mail");
        screen.framed("To: " + ADDRESS + "\nSubject: " + mail.path("subject").asText() + "\n\n"
                + mail.path("text").asText().stripTrailing());
        return mailed.join().after();
    }

    private Optional<String> inHistory() {
        return trails
                .lookupEvents(r -> r.lookupAttributes(LookupAttribute.builder()
                        .attributeKey(LookupAttributeKey.EVENT_NAME)
                        .attributeValue("GetSecretValue")
                        .build()))
                .events()
                .stream()
                .filter(event -> READER.equals(event.username()))
                .map(event -> event.eventName() + " by " + event.username())
                .findFirst();
    }

    private Optional<FilteredLogEvent> inLogGroup() {
        return logs.filterLogEvents(r -> r.logGroupName(GROUP).filterPattern(PATTERN)).events().stream()
                .findFirst();
    }

    private Optional<String> alarmReason() {
        return metrics.describeAlarms(r -> r.alarmNames(ALARM)).metricAlarms().stream()
                .filter(alarm -> alarm.stateValue() == StateValue.ALARM)
                .map(alarm -> alarm.stateReason())
                .findFirst();
    }

    /** What a step brought, and what to say of it. */
    private record Done<T>(T value, String text) {}

    private static Done<String> done(String text) {
        return new Done<>("", text);
    }

    private <T> T timed(String name, Supplier<Done<T>> step) {
        long before = System.nanoTime();
        Done<T> done = step.get();
        screen.stage(name, done.text(), Duration.ofNanos(System.nanoTime() - before));
        return done.value();
    }

    private static String bucketPolicy(String account) {
        return """
                {"Version":"2012-10-17","Statement":[
                 {"Sid":"AWSCloudTrailAclCheck20150319","Effect":"Allow",
                  "Principal":{"Service":"cloudtrail.amazonaws.com"},
                  "Action":"s3:GetBucketAcl","Resource":"arn:aws:s3:::%1$s"},
                 {"Sid":"AWSCloudTrailWrite20150319","Effect":"Allow",
                  "Principal":{"Service":"cloudtrail.amazonaws.com"},
                  "Action":"s3:PutObject","Resource":"arn:aws:s3:::%1$s/AWSLogs/%2$s/*",
                  "Condition":{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control"}}}]}""".formatted(BUCKET, account);
    }

    @Override
    public void close() {
        threads.close();
        clients.close();
        mailbox.close();
    }
}
