package belfry.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.TestServer;
import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.SnsException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Delivery status logging through the AWS SDK: real endpoints and queues, and the logs read back. */
class StatusLogsTest {
    private static final String TRUST = "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":"
            + "{\"Service\":\"%s\"},\"Action\":\"sts:AssumeRole\"}}";
    private static final String GROUP = "sns/us-east-1/" + TestServer.ACCOUNT + "/alerts";
    private static final String ROLE = "arn:aws:iam::" + TestServer.ACCOUNT + ":role/SNSFeedback";

    private final WebReceiver receiver = new WebReceiver();
    private TestServer server;
    private SnsClient sns;
    private IamClient iam;
    private CloudWatchLogsClient logs;
    private String topic;

    @BeforeEach
    void start() {
        server = TestServer.start();
        sns = server.client(SnsClient.builder());
        iam = server.client(IamClient.builder());
        logs = server.client(CloudWatchLogsClient.builder());
        topic = sns.createTopic(r -> r.name("alerts")).topicArn();
        role(
                "SNSFeedback",
                "sns.amazonaws.com",
                "\"logs:CreateLogGroup\",\"logs:CreateLogStream\",\"logs:PutLogEvents\"");
    }

    @AfterEach
    void stop() {
        server.close();
        receiver.close();
    }

    private void role(String name, String service, String actions) {
        var unusedRole = iam.createRole(r -> r.roleName(name).assumeRolePolicyDocument(TRUST.formatted(service)));
        allow(name, actions);
    }

    private void allow(String name, String actions) {
        var unused = iam.putRolePolicy(r -> r.roleName(name)
                .policyName("logs")
                .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":[" + actions
                        + "],\"Resource\":\"arn:aws:logs:*:*:*\"}}"));
    }

    private void set(String name, String value) {
        var unused = sns.setTopicAttributes(
                r -> r.topicArn(topic).attributeName(name).attributeValue(value));
    }

    private void subscribeEndpoint() {
        var unused = sns.subscribe(r -> r.topicArn(topic).protocol("http").endpoint(receiver.url("/hook")));
        server.settle();
        URI link = URI.create(
                Json.parse(receiver.last().body()).path("SubscribeURL").textValue());
        assertThat(server.get(link.getRawPath() + "?" + link.getRawQuery()).statusCode())
                .isEqualTo(200);
    }

    private String publish(String message) {
        String id = sns.publish(r -> r.topicArn(topic).message(message)).messageId();
        server.settle();
        return id;
    }

    private List<JsonNode> lines(String group) {
        server.settle();
        try {
            return logs.filterLogEvents(r -> r.logGroupName(group)).events().stream()
                    .map(FilteredLogEvent::message)
                    .map(Json::parse)
                    .toList();
        } catch (ResourceNotFoundException e) {
            return List.of();
        }
    }

    private String statusLog(String messageId) {
        return Json.parse(server.get("/_belfry/deliveries?message=" + messageId).body())
                .path(0)
                .path("statusLog")
                .asText();
    }

    @Test
    void whatSucceedsIsLoggedAsAwsWritesIt() {
        set("HTTPSuccessFeedbackRoleArn", ROLE);
        set("HTTPSuccessFeedbackSampleRate", "100");
        subscribeEndpoint();
        String id = publish("what happened");

        assertThat(lines(GROUP + "/Failure")).isEmpty();
        assertThat(lines(GROUP)).singleElement().satisfies(line -> {
            String deliveryId = line.path("delivery").path("deliveryId").asText();
            int dwell = line.path("delivery").path("dwellTimeMs").asInt(-1);
            assertThat(dwell).isNotNegative();
            assertThat(Json.write(line))
                    .isEqualTo("{\"notification\":{\"messageMD5Sum\":\"924529a48e1b6654f302f33ea380cb8b\","
                            + "\"messageId\":\"" + id + "\",\"topicArn\":\"" + topic
                            + "\",\"timestamp\":\"2026-03-02 10:00:00.000\"},\"delivery\":{\"deliveryId\":\""
                            + deliveryId
                            + "\",\"destination\":\"" + receiver.url("/hook")
                            + "\",\"providerResponse\":\"\",\"dwellTimeMs\":" + dwell
                            + ",\"attempts\":1,\"statusCode\":200},\"status\":\"SUCCESS\"}");
        });
        assertThat(statusLog(id)).isEqualTo("logged in " + GROUP);
    }

    @Test
    void whatFailsIsLoggedAtItsEndWithItsTries() {
        set("HTTPFailureFeedbackRoleArn", ROLE);
        subscribeEndpoint();
        publish("gets through, and nobody asked to log that");
        receiver.answers(503);
        publish("does not get through");
        assertThat(lines(GROUP + "/Failure")).isEmpty();
        server.advance(Duration.ofMinutes(5));

        assertThat(lines(GROUP)).isEmpty();
        assertThat(lines(GROUP + "/Failure")).singleElement().satisfies(line -> {
            assertThat(line.path("status").asText()).isEqualTo("FAILURE");
            JsonNode delivery = line.path("delivery");
            assertThat(delivery.path("attempts").asInt()).isEqualTo(4);
            assertThat(delivery.path("statusCode").asInt()).isEqualTo(503);
            assertThat(delivery.path("providerResponse").asText()).isEqualTo("HTTP status 503");
            assertThat(delivery.path("dwellTimeMs").asInt()).isBetween(50_000, 60_000);
        });
    }

    @Test
    void anEndpointThatIsNotThereHasNoStatusCode() {
        set("HTTPFailureFeedbackRoleArn", ROLE);
        subscribeEndpoint();
        receiver.close();
        publish("nobody home");
        server.advance(Duration.ofMinutes(5));
        assertThat(lines(GROUP + "/Failure")).singleElement().satisfies(line -> {
            assertThat(line.path("delivery").has("statusCode")).isFalse();
            assertThat(line.path("delivery").path("providerResponse").asText()).contains("127.0.0.1");
        });
    }

    @Test
    void queuesAreLoggedToo() {
        set("SQSSuccessFeedbackRoleArn", ROLE);
        set("SQSFailureFeedbackRoleArn", ROLE);
        String queue = "arn:aws:sqs:us-east-1:" + TestServer.ACCOUNT + ":inbox";
        var unused = sns.subscribe(r -> r.topicArn(topic).protocol("sqs").endpoint(queue));
        publish("no queue yet");
        SqsClient sqs = server.client(SqsClient.builder());
        String url = sqs.createQueue(r -> r.queueName("inbox")).queueUrl();
        String refused = publish("no policy yet");
        var unusedPolicy = sqs.setQueueAttributes(r -> r.queueUrl(url)
                .attributes(Map.of(
                        QueueAttributeName.POLICY,
                        "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
                                + "\"sns.amazonaws.com\"},\"Action\":\"sqs:SendMessage\",\"Resource\":\"" + queue
                                + "\"}}")));
        publish("now");

        assertThat(lines(GROUP + "/Failure").stream()
                        .map(line -> line.path("delivery").path("statusCode").asInt() + " "
                                + line.path("delivery").path("providerResponse").asText()))
                .containsExactly(
                        "400 {\"ErrorCode\":\"AWS.SimpleQueueService.NonExistentQueue\",\"ErrorMessage\":\"The specified"
                                + " queue does not exist or you do not have access to it.\",\"sqsRequestId\":"
                                + "\"Unrecoverable\"}",
                        "403 {\"ErrorCode\":\"AccessDenied\",\"ErrorMessage\":\"Access to the resource"
                                + " https://sqs.us-east-1.amazonaws.com/" + TestServer.ACCOUNT + "/inbox is denied.\","
                                + "\"sqsRequestId\":\"Unrecoverable\"}");
        assertThat(statusLog(refused)).isEqualTo("logged in " + GROUP + "/Failure");
        assertThat(lines(GROUP)).singleElement().satisfies(line -> {
            assertThat(line.path("delivery").path("destination").asText()).isEqualTo(queue);
            assertThat(line.path("delivery").path("statusCode").asInt()).isEqualTo(200);
            assertThat(line.path("delivery").path("providerResponse").asText()).startsWith("{\"sqsRequestId\":\"");
            assertThat(line.path("notification").path("messageMD5Sum").asText())
                    .isEqualTo("97bc592b27a9ada2d9a4bb418ed0ebed");
        });
    }

    @Test
    void ofSuccessesOnlyTheSampleIsLogged() {
        set("HTTPSuccessFeedbackRoleArn", ROLE);
        set("HTTPSuccessFeedbackSampleRate", "0");
        subscribeEndpoint();
        String id = publish("not logged");
        assertThat(lines(GROUP)).isEmpty();
        assertThat(statusLog(id)).isEqualTo("not among the 0 %");
        set("HTTPSuccessFeedbackSampleRate", "50");
        for (int i = 0; i < 60; i++) {
            publish("perhaps " + i);
        }
        // All or none of sixty would come once in 10^18 runs.
        assertThat(lines(GROUP)).hasSizeBetween(1, 59);
    }

    @Test
    void aRoleThatMayNotWriteIsSeenBesideTheDelivery() {
        set("HTTPSuccessFeedbackRoleArn", ROLE);
        subscribeEndpoint();
        allow("SNSFeedback", "\"logs:PutLogEvents\"");
        assertThat(statusLog(publish("no group")))
                .isEqualTo("not logged: " + ROLE + " is not authorized to perform: logs:CreateLogGroup on resource:"
                        + " arn:aws:logs:us-east-1:" + TestServer.ACCOUNT + ":log-group:" + GROUP);
        allow("SNSFeedback", "\"logs:CreateLogGroup\",\"logs:CreateLogStream\",\"logs:PutLogEvents\"");
        assertThat(statusLog(publish("mended"))).isEqualTo("logged in " + GROUP);
        // With group and stream there, writing is all it takes.
        allow("SNSFeedback", "\"logs:PutLogEvents\"");
        assertThat(statusLog(publish("more"))).isEqualTo("logged in " + GROUP);
        var unused = iam.updateAssumeRolePolicy(
                r -> r.roleName("SNSFeedback").policyDocument(TRUST.formatted("lambda.amazonaws.com")));
        assertThat(statusLog(publish("no trust"))).isEqualTo("not logged: sns.amazonaws.com may not assume " + ROLE);
        assertThat(lines(GROUP)).hasSize(2);
    }

    @Test
    void attributesReadBackAndCanBeCleared() {
        String other = sns.createTopic(r -> r.name("other")
                        .attributes(Map.of(
                                "SQSSuccessFeedbackRoleArn", ROLE,
                                "SQSSuccessFeedbackSampleRate", "7",
                                "LambdaSuccessFeedbackSampleRate", "0")))
                .topicArn();
        assertThat(sns.getTopicAttributes(r -> r.topicArn(other)).attributes())
                .containsEntry("SQSSuccessFeedbackRoleArn", ROLE)
                .containsEntry("SQSSuccessFeedbackSampleRate", "7")
                .containsEntry("LambdaSuccessFeedbackSampleRate", "0");
        set("HTTPFailureFeedbackRoleArn", ROLE);
        set("HTTPFailureFeedbackRoleArn", "");
        assertThat(sns.getTopicAttributes(r -> r.topicArn(topic)).attributes())
                .doesNotContainKey("HTTPFailureFeedbackRoleArn");
    }

    @Test
    void whatCannotBeHonouredIsRefused() {
        role("ForLambda", "lambda.amazonaws.com", "\"logs:*\"");
        for (String role : List.of("Missing", "ForLambda")) {
            assertThatThrownBy(() -> set("HTTPSuccessFeedbackRoleArn", ROLE.replace("SNSFeedback", role)))
                    .isInstanceOf(InvalidParameterException.class)
                    .hasMessageContaining("there is no role");
        }
        assertThatThrownBy(() -> set("SQSFailureFeedbackRoleArn", ROLE.replace(TestServer.ACCOUNT, "999999999999")))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> set("SQSFailureFeedbackRoleArn", "SNSFeedback"))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("is not the ARN of a role");
        for (String rate : List.of("101", "-1", "half", "1.5")) {
            assertThatThrownBy(() -> set("HTTPSuccessFeedbackSampleRate", rate))
                    .isInstanceOf(InvalidParameterException.class)
                    .hasMessageContaining("an integer from 0 to 100");
        }
        assertThatThrownBy(() -> set("HTTPFailureFeedbackSampleRate", "1"))
                .isInstanceOf(InvalidParameterException.class);
        for (String kind : List.of("Lambda", "Firehose", "Application")) {
            assertThatThrownBy(() -> set(kind + "FailureFeedbackRoleArn", ROLE))
                    .isInstanceOf(SnsException.class)
                    .hasMessageContaining(
                            "does not implement delivery status logging for endpoints it does not deliver to");
        }
    }
}
