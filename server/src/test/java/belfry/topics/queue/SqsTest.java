package belfry.topics.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** The SDK checks the digests of bodies and attributes on every sending and receiving. */
class SqsTest {
    private final TestServer server = TestServer.start();
    private final SqsClient sqs = server.client(SqsClient.builder());
    private String url = "";

    @BeforeEach
    void makeQueue() {
        url = create("alerts", Map.of());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String create(String name, Map<QueueAttributeName, String> attributes) {
        return sqs.createQueue(r -> r.queueName(name).attributes(attributes)).queueUrl();
    }

    private String send(String body) {
        return sqs.sendMessage(r -> r.queueUrl(url).messageBody(body)).messageId();
    }

    private List<Message> receive(String from) {
        return sqs.receiveMessage(r -> r.queueUrl(from)
                        .maxNumberOfMessages(10)
                        .messageAttributeNames("All")
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages();
    }

    @Test
    void aMessageIsReceivedOnceAndThenDeleted() {
        String id = send("hello — grüße");
        Message message = receive(url).getFirst();
        assertThat(message.messageId()).isEqualTo(id);
        assertThat(message.body()).isEqualTo("hello — grüße");
        assertThat(message.attributes())
                .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1")
                .containsEntry(
                        MessageSystemAttributeName.SENT_TIMESTAMP, String.valueOf(TestServer.START.toEpochMilli()));
        assertThat(receive(url)).isEmpty();
        sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(message.receiptHandle()));
        server.advance(Duration.ofMinutes(1));
        assertThat(receive(url)).isEmpty();
    }

    @Test
    void attributesTravelWithTheMessage() {
        MessageAttributeValue text = MessageAttributeValue.builder()
                .dataType("String.x")
                .stringValue("värde")
                .build();
        MessageAttributeValue bytes = MessageAttributeValue.builder()
                .dataType("Binary")
                .binaryValue(SdkBytes.fromByteArray(new byte[] {0, 1, (byte) 255}))
                .build();
        sqs.sendMessage(r -> r.queueUrl(url).messageBody("b").messageAttributes(Map.of("t", text, "b", bytes)));
        assertThat(receive(url).getFirst().messageAttributes())
                .containsEntry("t", text)
                .containsEntry("b", bytes);
    }

    @Test
    void whatIsNotDeletedComesAgain() {
        send("again");
        assertThat(receive(url)).hasSize(1);
        server.advance(Duration.ofSeconds(29));
        assertThat(receive(url)).isEmpty();
        server.advance(Duration.ofSeconds(1));
        Message second = receive(url).getFirst();
        sqs.changeMessageVisibility(
                r -> r.queueUrl(url).receiptHandle(second.receiptHandle()).visibilityTimeout(0));
        assertThat(receive(url)).hasSize(1);
    }

    @Test
    void whatIsReceivedTooOftenGoesToTheDeadLetters() {
        String dead = create("dead", Map.of());
        String redrive = "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:" + TestServer.ACCOUNT
                + ":dead\",\"maxReceiveCount\":\"1\"}";
        String arn = attribute(dead, QueueAttributeName.QUEUE_ARN);
        sqs.setQueueAttributes(r -> r.queueUrl(url)
                .attributes(Map.of(
                        QueueAttributeName.REDRIVE_POLICY,
                        redrive.replace("arn:aws:sqs:us-east-1:" + TestServer.ACCOUNT + ":dead", arn))));
        String id = send("poison");
        assertThat(receive(url)).hasSize(1);
        server.advance(Duration.ofSeconds(30));
        assertThat(receive(url)).isEmpty();
        Message buried = receive(dead).getFirst();
        assertThat(buried.messageId()).isEqualTo(id);
        assertThat(buried.attributes())
                .containsEntry(
                        MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN,
                        attribute(url, QueueAttributeName.QUEUE_ARN));
        assertThat(sqs.listDeadLetterSourceQueues(r -> r.queueUrl(dead)).queueUrls())
                .containsExactly(url);
    }

    private String attribute(String of, QueueAttributeName name) {
        return sqs.getQueueAttributes(r -> r.queueUrl(of).attributeNames(name))
                .attributes()
                .getOrDefault(name, "");
    }

    @Test
    void aWaitingReceiverIsWokenByASender() throws Exception {
        CompletableFuture<List<Message>> waiting = CompletableFuture.supplyAsync(() ->
                sqs.receiveMessage(r -> r.queueUrl(url).waitTimeSeconds(20)).messages());
        send("wake up");
        assertThat(waiting.get(15, TimeUnit.SECONDS)).extracting(Message::body).containsExactly("wake up");
    }

    @Test
    void attributesAreTextAndStable() {
        Map<QueueAttributeName, String> all = sqs.getQueueAttributes(
                        r -> r.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                .attributes();
        assertThat(all)
                .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "30")
                .containsEntry(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "345600")
                .containsEntry(QueueAttributeName.SQS_MANAGED_SSE_ENABLED, "true")
                .doesNotContainKeys(QueueAttributeName.POLICY, QueueAttributeName.FIFO_QUEUE);
        assertThat(sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                        .attributes())
                .isEqualTo(all);
    }

    @Test
    void messagesAreCountedWhereTheyStand() {
        send("a");
        send("b");
        sqs.sendMessage(r -> r.queueUrl(url).messageBody("later").delaySeconds(60));
        sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(1));
        assertThat(attribute(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .isEqualTo("1");
        assertThat(attribute(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .isEqualTo("1");
        assertThat(attribute(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
                .isEqualTo("1");
        sqs.purgeQueue(r -> r.queueUrl(url));
        server.advance(Duration.ofMinutes(2));
        assertThat(receive(url)).isEmpty();
    }

    @Test
    void messagesEndWithTheirRetention() {
        sqs.setQueueAttributes(
                r -> r.queueUrl(url).attributes(Map.of(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "60")));
        send("short-lived");
        server.advance(Duration.ofSeconds(61));
        assertThat(receive(url)).isEmpty();
        assertThat(attribute(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .isEqualTo("0");
    }

    @Test
    void aFifoQueueKeepsOrderAndDropsDoubles() {
        String fifo = create(
                "orders.fifo",
                Map.of(QueueAttributeName.FIFO_QUEUE, "true", QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true"));
        String first = sendTo(fifo, "g", "1");
        assertThat(sendTo(fifo, "g", "1")).isEqualTo(first);
        sendTo(fifo, "g", "2");
        sendTo(fifo, "h", "3");
        Message one = sqs.receiveMessage(r -> r.queueUrl(fifo).maxNumberOfMessages(1))
                .messages()
                .getFirst();
        assertThat(one.body()).isEqualTo("1");
        assertThat(receive(fifo)).extracting(Message::body).containsExactly("3");
        sqs.deleteMessage(r -> r.queueUrl(fifo).receiptHandle(one.receiptHandle()));
        assertThat(receive(fifo)).extracting(Message::body).containsExactly("2");
    }

    private String sendTo(String queue, String group, String body) {
        return sqs.sendMessage(r -> r.queueUrl(queue).messageBody(body).messageGroupId(group))
                .messageId();
    }

    @Test
    void batchesSucceedEntryByEntry() {
        var good = SendMessageBatchRequestEntry.builder()
                .id("good")
                .messageBody("x")
                .build();
        var bad = SendMessageBatchRequestEntry.builder()
                .id("bad")
                .messageBody("y")
                .delaySeconds(901)
                .build();
        var answer = sqs.sendMessageBatch(r -> r.queueUrl(url).entries(good, bad));
        assertThat(answer.successful()).extracting("id").containsExactly("good");
        assertThat(answer.failed()).extracting("id").containsExactly("bad");
        Message message = receive(url).getFirst();
        var held = DeleteMessageBatchRequestEntry.builder()
                .id("a")
                .receiptHandle(message.receiptHandle())
                .build();
        var wrong = DeleteMessageBatchRequestEntry.builder()
                .id("b")
                .receiptHandle("nonsense")
                .build();
        var deleted = sqs.deleteMessageBatch(r -> r.queueUrl(url).entries(held, wrong));
        assertThat(deleted.successful()).extracting("id").containsExactly("a");
        assertThat(deleted.failed()).extracting("code").containsExactly("ReceiptHandleIsInvalid");
    }

    @Test
    void queuesAreFoundTaggedAndDeleted() {
        assertThat(sqs.getQueueUrl(r -> r.queueName("alerts")).queueUrl())
                .isEqualTo(url)
                .startsWith(server.url().toString());
        assertThat(sqs.listQueues(r -> r.queueNamePrefix("al")).queueUrls()).containsExactly(url);
        assertThat(create("alerts", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "30")))
                .isEqualTo(url);
        assertThatThrownBy(() -> create("alerts", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "31")))
                .isInstanceOf(QueueNameExistsException.class)
                .hasMessageContaining("a different value for attribute VisibilityTimeout");
        sqs.tagQueue(r -> r.queueUrl(url).tags(Map.of("team", "sec", "x", "y")));
        sqs.untagQueue(r -> r.queueUrl(url).tagKeys("x"));
        assertThat(sqs.listQueueTags(r -> r.queueUrl(url)).tags()).isEqualTo(Map.of("team", "sec"));
        sqs.deleteQueue(r -> r.queueUrl(url));
        assertThatThrownBy(() -> sqs.getQueueUrl(r -> r.queueName("alerts")))
                .isInstanceOf(QueueDoesNotExistException.class);
    }

    @Test
    void errorsHaveTheCodesOfAws() {
        assertThatThrownBy(() -> sqs.receiveMessage(r -> r.queueUrl(url + "x")))
                .isInstanceOf(QueueDoesNotExistException.class)
                .extracting(e -> ((AwsServiceException) e).awsErrorDetails().errorCode())
                .isEqualTo("AWS.SimpleQueueService.NonExistentQueue");
        assertThatThrownBy(() -> sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle("?")))
                .isInstanceOf(ReceiptHandleIsInvalidException.class);
        assertThatThrownBy(() -> sqs.setQueueAttributes(
                        r -> r.queueUrl(url).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "43201"))))
                .hasMessageContaining("Invalid value for the parameter VisibilityTimeout.");
        assertThatThrownBy(() -> sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(11)))
                .hasMessageContaining("Must be between 1 and 10");
    }
}
