package belfry.hostile;

import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricTransformation;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutMetricFilterRequest;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutRuleRequest;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** One of each thing that calls are about, so that some of them hit. */
final class Furniture {
    private static final String ALL_MAY = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
            + "\"Principal\":{\"Service\":\"cloudtrail.amazonaws.com\"},\"Action\":\"s3:*\","
            + "\"Resource\":[\"arn:aws:s3:::bucket-one\",\"arn:aws:s3:::bucket-one/*\"]}]}";
    private static final String ROLE = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
            + "\"Principal\":{\"Service\":\"cloudtrail.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}";

    private final Caller caller;
    private final Consumer<SdkPojo> put;

    Furniture(Caller caller, Consumer<SdkPojo> put) {
        this.caller = caller;
        this.put = put;
    }

    /** Puts everything and tells of each request and answer. */
    void put() {
        vault();
        people();
        bucketAndTrail();
        logs();
        messages();
        PutMetricAlarmRequest alarm = PutMetricAlarmRequest.builder()
                .alarmName("a")
                .namespace("Belfry")
                .metricName("AccessSecret")
                .statistic(Statistic.SUM)
                .period(60)
                .evaluationPeriods(1)
                .threshold(1d)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .build();
        put.accept(alarm);
        caller.client(CloudWatchClient.builder()).putMetricAlarm(alarm);
    }

    private void vault() {
        KmsClient kms = caller.client(KmsClient.builder());
        put.accept(kms.createKey().keyMetadata());
        put.accept(kms.createKey().keyMetadata());
        var secrets = caller.client(SecretsManagerClient.builder());
        put.accept(secrets.createSecret(b -> b.name("name-1").secretString("{\"password\":\"x\"}")));
        put.accept(secrets.createSecret(b -> b.name("name-2").secretString("x")));
        put.accept(secrets.listSecrets());
    }

    private void people() {
        IamClient iam = caller.client(IamClient.builder());
        put.accept(iam.createUser(b -> b.userName("name-1")).user());
        put.accept(iam.createGroup(b -> b.groupName("name-1")).group());
        put.accept(iam.createRole(b -> b.roleName("name-1").assumeRolePolicyDocument(ROLE))
                .role());
        put.accept(iam.createPolicy(b -> b.policyName("name-1")
                        .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                                + "\"Action\":\"*\",\"Resource\":\"*\"}]}"))
                .policy());
    }

    private void bucketAndTrail() {
        S3Client s3 = caller.client(S3Client.builder().forcePathStyle(true));
        CreateBucketRequest bucket =
                CreateBucketRequest.builder().bucket("bucket-one").build();
        s3.createBucket(bucket);
        put.accept(bucket);
        PutBucketPolicyRequest policy = PutBucketPolicyRequest.builder()
                .bucket("bucket-one")
                .policy(ALL_MAY)
                .build();
        s3.putBucketPolicy(policy);
        put.accept(policy);
        PutObjectRequest object =
                PutObjectRequest.builder().bucket("bucket-one").key("key/one").build();
        s3.putObject(object, RequestBody.fromString("content"));
        put.accept(object);
        CloudTrailClient trails = caller.client(CloudTrailClient.builder());
        put.accept(trails.createTrail(b -> b.name("trail-1").s3BucketName("bucket-one")));
        trails.startLogging(b -> b.name("trail-1"));
    }

    private void logs() {
        CloudWatchLogsClient logs = caller.client(CloudWatchLogsClient.builder());
        CreateLogGroupRequest group =
                CreateLogGroupRequest.builder().logGroupName("a").build();
        logs.createLogGroup(group);
        put.accept(group);
        CreateLogStreamRequest stream = CreateLogStreamRequest.builder()
                .logGroupName("a")
                .logStreamName("b")
                .build();
        logs.createLogStream(stream);
        put.accept(stream);
        PutMetricFilterRequest filter = PutMetricFilterRequest.builder()
                .logGroupName("a")
                .filterName("b")
                .filterPattern("{ $.eventName = \"GetSecretValue\" }")
                .metricTransformations(MetricTransformation.builder()
                        .metricName("AccessSecret")
                        .metricNamespace("Belfry")
                        .metricValue("1")
                        .build())
                .build();
        logs.putMetricFilter(filter);
        put.accept(filter);
        put.accept(logs.describeLogGroups());
    }

    private void messages() {
        SnsClient sns = caller.client(SnsClient.builder());
        String topic = sns.createTopic(b -> b.name("a")).topicArn();
        SqsClient sqs = caller.client(SqsClient.builder());
        put.accept(sqs.createQueue(b -> b.queueName("name-1")));
        put.accept(sqs.createQueue(b -> b.queueName("name-2")));
        put.accept(sns.subscribe(b -> b.topicArn(topic)
                .protocol("sqs")
                .endpoint("arn:aws:sqs:us-east-1:123456789012:name-1")
                .returnSubscriptionArn(true)));
        put.accept(sns.listTopics());
        EventBridgeClient events = caller.client(EventBridgeClient.builder());
        PutRuleRequest rule = PutRuleRequest.builder()
                .name("a")
                .eventPattern("{\"source\":[\"aws.secretsmanager\"]}")
                .build();
        put.accept(events.putRule(rule));
        put.accept(rule);
    }
}
