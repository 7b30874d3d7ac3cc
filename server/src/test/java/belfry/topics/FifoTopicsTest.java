package belfry.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.TestServer;
import belfry.base.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** FIFO topics, and what AWS/SNS counts, through the AWS SDK. */
class FifoTopicsTest {
    private static final String PREFIX = "arn:aws:sqs:us-east-1:" + TestServer.ACCOUNT + ":";

    private TestServer server;
    private SnsClient sns;
    private SqsClient sqs;
    private String topic;

    @BeforeEach
    void start() {
        server = TestServer.start();
        sns = server.client(SnsClient.builder());
        sqs = server.client(SqsClient.builder());
        topic = sns.createTopic(r -> r.name("orders.fifo").attributes(Map.of("FifoTopic", "true")))
                .topicArn();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String queue(String name, Map<QueueAttributeName, String> attributes) {
        String url =
                sqs.createQueue(r -> r.queueName(name).attributes(attributes)).queueUrl();
        var unused = sqs.setQueueAttributes(r -> r.queueUrl(url)
                .attributes(Map.of(
                        QueueAttributeName.POLICY,
                        "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
                                + "\"sns.amazonaws.com\"},\"Action\":\"sqs:SendMessage\",\"Resource\":\"*\"}}")));
        var subscribed = sns.subscribe(r -> r.topicArn(topic).protocol("sqs").endpoint(PREFIX + name));
        assertThat(subscribed.subscriptionArn()).startsWith(topic);
        return url;
    }

    private PublishResponse publish(String group, String dedup, String message) {
        return sns.publish(r -> r.topicArn(topic)
                .messageGroupId(group)
                .messageDeduplicationId(dedup)
                .message(message));
    }

    private List<Message> receive(String url) {
        return sqs.receiveMessage(r -> r.queueUrl(url)
                        .maxNumberOfMessages(10)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages();
    }

    @Test
    void groupsKeepTheirOrderAndDoublesAreDropped() {
        String fifo = queue("orders.fifo", Map.of(QueueAttributeName.FIFO_QUEUE, "true"));
        String standard = queue("copies", Map.of());
        PublishResponse first = publish("g", "1", "one");
        PublishResponse again = publish("g", "1", "one, again");
        PublishResponse second = publish("g", "2", "two");
        assertThat(again.messageId()).isEqualTo(first.messageId());
        assertThat(again.sequenceNumber()).isEqualTo(first.sequenceNumber()).hasSize(20);
        assertThat(second.sequenceNumber()).isGreaterThan(first.sequenceNumber());

        List<Message> got = receive(fifo);
        assertThat(got)
                .extracting(
                        message -> Json.parse(message.body()).path("Message").textValue())
                .containsExactly("one", "two");
        assertThat(Json.parse(got.getFirst().body()).path("SequenceNumber").textValue())
                .isEqualTo(first.sequenceNumber());
        assertThat(got.getFirst().attributes())
                .containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "g")
                .containsEntry(MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID, "1");
        assertThat(receive(standard)).hasSize(2);

        server.advance(Duration.ofMinutes(5));
        assertThat(publish("g", "1", "one, much later").messageId()).isNotEqualTo(first.messageId());
    }

    @Test
    void contentMayTellDoublesApart() {
        assertThatThrownBy(() ->
                        sns.publish(r -> r.topicArn(topic).messageGroupId("g").message("m")))
                .hasMessageContaining(
                        "Invalid parameter: The topic should either have ContentBasedDeduplication enabled or"
                                + " MessageDeduplicationId provided explicitly");
        var unused = sns.setTopicAttributes(r ->
                r.topicArn(topic).attributeName("ContentBasedDeduplication").attributeValue("true"));
        String one = sns.publish(r -> r.topicArn(topic).messageGroupId("g").message("m"))
                .messageId();
        var batch = sns.publishBatch(r -> r.topicArn(topic)
                .publishBatchRequestEntries(entry("a", "g", "m"), entry("b", "g", "n"), entry("c", null, "o")));
        assertThat(batch.successful())
                .extracting(entry -> entry.messageId().equals(one))
                .containsExactly(true, false);
        assertThat(batch.failed())
                .singleElement()
                .satisfies(failed -> assertThat(failed.message())
                        .isEqualTo("Invalid parameter: The MessageGroupId parameter is required for FIFO topics"));
    }

    private static PublishBatchRequestEntry entry(
            String id, @org.jspecify.annotations.Nullable String group, String message) {
        return PublishBatchRequestEntry.builder()
                .id(id)
                .messageGroupId(group)
                .message(message)
                .build();
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> sns.publish(r -> r.topicArn(topic).message("m")))
                .hasMessageContaining("The MessageGroupId parameter is required for FIFO topics");
        assertThatThrownBy(() ->
                        sns.subscribe(r -> r.topicArn(topic).protocol("email").endpoint("a@b.example")))
                .hasMessageContaining("Please use FIFO SQS queue");
        assertThatThrownBy(() -> sns.createTopic(r -> r.name("plain").attributes(Map.of("FifoTopic", "true"))))
                .hasMessageContaining("Fifo Topic names must end with .fifo");
        assertThatThrownBy(() ->
                        sns.createTopic(r -> r.name("plain").attributes(Map.of("ContentBasedDeduplication", "true"))))
                .hasMessageContaining("can only be set for FIFO topics");
    }

    @Test
    void deliveriesAreCountedInAwsSns() {
        queue("orders.fifo", Map.of(QueueAttributeName.FIFO_QUEUE, "true"));
        queue("gone", Map.of());
        sqs.deleteQueue(
                r -> r.queueUrl(sqs.getQueueUrl(q -> q.queueName("gone")).queueUrl()));
        publish("g", "1", "one");
        publish("g", "2", "two");
        server.settle();
        assertThat(sum("NumberOfMessagesPublished")).isEqualTo(2);
        assertThat(sum("NumberOfNotificationsDelivered")).isEqualTo(2);
        assertThat(sum("NumberOfNotificationsFailed")).isEqualTo(2);
        assertThat(sum("PublishSize")).isEqualTo(6);
    }

    private double sum(String metric) {
        return server
                .client(CloudWatchClient.builder())
                .getMetricStatistics(r -> r.namespace("AWS/SNS")
                        .metricName(metric)
                        .dimensions(Dimension.builder()
                                .name("TopicName")
                                .value("orders.fifo")
                                .build())
                        .startTime(TestServer.START.minusSeconds(300))
                        .endTime(TestServer.START.plusSeconds(300))
                        .period(60)
                        .statistics(Statistic.SUM))
                .datapoints()
                .stream()
                .mapToDouble(point -> point.sum())
                .sum();
    }
}
