package belfry;

import static belfry.SecuredServer.allow;
import static belfry.SecuredServer.policy;

import belfry.delivery.Mailbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricTransformation;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;

/** Sets up, side by side in one secured server, all three ways in which a read of a secret can lead to a mail. */
final class ThreeWays {
    static final String SECRET = "prod/db";

    private static final String BUCKET = "three-ways";
    private static final Pattern LINK = Pattern.compile("http\\S+/_belfry/confirm\\?\\S+");

    private final SecuredServer server;

    ThreeWays(SecuredServer server) {
        this.server = server;
    }

    /** The address that a way mails to. */
    static String address(String way) {
        return way + "@example.com";
    }

    void setUp() {
        server.client(SecretsManagerClient.builder(), server.root())
                .createSecret(b -> b.name(SECRET).secretString("unimportant"));
        String alarm = topic("alarm", "cloudwatch.amazonaws.com");
        String rule = topic("rule", "events.amazonaws.com");
        topic("files", "cloudtrail.amazonaws.com");
        trail();
        alarm(alarm);
        rule(rule);
        server.belfry().pumps().settle();
    }

    /** A topic of that name which the service may publish to, with a confirmed subscriber. */
    private String topic(String way, String service) {
        SnsClient sns = server.client(SnsClient.builder(), server.root());
        String arn = sns.createTopic(b -> b.name(way)).topicArn();
        String mayPublish = "{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"" + service
                + "\"},\"Action\":\"sns:Publish\",\"Resource\":\"" + arn + "\"}";
        sns.setTopicAttributes(b -> b.topicArn(arn).attributeName("Policy").attributeValue(policy(mayPublish)));
        sns.subscribe(b -> b.topicArn(arn).protocol("email").endpoint(address(way)));
        server.belfry().pumps().settle();
        List<Mailbox.Mail> mails = server.belfry().store().read(Mailbox::list);
        Matcher link = LINK.matcher(mails.getLast().text());
        if (!link.find()) {
            throw new AssertionError("no link to confirm by");
        }
        visit(URI.create(link.group()));
        return arn;
    }

    private static void visit(URI link) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            int status = http.send(HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status != 200) {
                throw new AssertionError("not confirmed: " + status);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void trail() {
        String service = "\"Principal\":{\"Service\":\"cloudtrail.amazonaws.com\"},\"Action\"";
        S3Client s3 = server.s3(server.root());
        s3.createBucket(b -> b.bucket(BUCKET));
        s3.putBucketPolicy(b -> b.bucket(BUCKET)
                .policy(policy(
                        allow("s3:GetBucketAcl", "arn:aws:s3:::" + BUCKET).replace("\"Action\"", service),
                        allow("s3:PutObject", "arn:aws:s3:::" + BUCKET + "/*").replace("\"Action\"", service))));
        IamClient iam = server.iam();
        String role = iam.createRole(b -> b.roleName("trail-to-logs")
                        .assumeRolePolicyDocument(policy("{\"Effect\":\"Allow\"," + service + ":\"sts:AssumeRole\"}")))
                .role()
                .arn();
        iam.putRolePolicy(
                b -> b.roleName("trail-to-logs").policyName("write").policyDocument(policy(allow("logs:*", "*"))));
        server.client(CloudWatchLogsClient.builder(), server.root()).createLogGroup(b -> b.logGroupName("calls"));
        CloudTrailClient trails = server.client(CloudTrailClient.builder(), server.root());
        trails.createTrail(b -> b.name("main")
                .s3BucketName(BUCKET)
                .snsTopicName("files")
                .cloudWatchLogsLogGroupArn("arn:aws:logs:us-east-1:" + TestServer.ACCOUNT + ":log-group:calls:*")
                .cloudWatchLogsRoleArn(role));
        trails.startLogging(b -> b.name("main"));
    }

    /** The tutorial's: one read within five minutes is enough. */
    private void alarm(String topic) {
        server.client(CloudWatchLogsClient.builder(), server.root())
                .putMetricFilter(b -> b.logGroupName("calls")
                        .filterName("reads")
                        .filterPattern("{ $.eventName = \"GetSecretValue\" }")
                        .metricTransformations(MetricTransformation.builder()
                                .metricNamespace("Security")
                                .metricName("SecretReads")
                                .metricValue("1")
                                .build()));
        server.client(CloudWatchClient.builder(), server.root())
                .putMetricAlarm(b -> b.alarmName("SecretRead")
                        .namespace("Security")
                        .metricName("SecretReads")
                        .statistic(Statistic.SUM)
                        .period(300)
                        .evaluationPeriods(1)
                        .threshold(1.0)
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                        .treatMissingData("notBreaching")
                        .alarmActions(topic));
    }

    private void rule(String topic) {
        EventBridgeClient events = server.client(EventBridgeClient.builder(), server.root());
        events.putRule(b -> b.name("reads")
                .state(RuleState.ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS)
                .eventPattern("{\"source\":[\"aws.secretsmanager\"],\"detail\":{\"eventName\":[\"GetSecretValue\"]}}"));
        events.putTargets(b ->
                b.rule("reads").targets(Target.builder().id("mail").arn(topic).build()));
    }

    /** The mails of a way since {@code from}, oldest first. */
    List<Mailbox.Mail> mails(String way, Instant from) {
        return server.belfry().store().read(Mailbox::list).stream()
                .filter(mail ->
                        mail.to().equals(address(way)) && !mail.receivedAt().isBefore(from))
                .toList();
    }
}
