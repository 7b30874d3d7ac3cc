package belfry.topics.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** What a review against AWS's documents and recorded answers found to differ. */
class SqsRulesTest {
    private final TestServer server = TestServer.start();
    private final SqsClient sqs = server.client(SqsClient.builder());
    private final String url = sqs.createQueue(r -> r.queueName("plain")).queueUrl();
    private final String fifo = sqs.createQueue(
                    r -> r.queueName("order.fifo").attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true")))
            .queueUrl();

    @AfterEach
    void close() {
        server.close();
    }

    private void refuses(ThrowingCallable call, String code, String words) {
        assertThatThrownBy(call)
                .hasMessageContaining(words)
                .satisfies(e -> assertThat(
                                ((AwsServiceException) e).awsErrorDetails().errorCode())
                        .isEqualTo(code));
    }

    private void send(String group, String dedup) {
        sqs.sendMessage(r -> r.queueUrl(fifo)
                .messageBody(group + dedup)
                .messageGroupId(group)
                .messageDeduplicationId(dedup));
    }

    private List<Message> receive(String from, Consumer<ReceiveMessageRequest.Builder> more) {
        return sqs.receiveMessage(r -> {
                    r.queueUrl(from);
                    more.accept(r);
                })
                .messages();
    }

    private static final Consumer<ReceiveMessageRequest.Builder> ONE = r -> r.maxNumberOfMessages(1);

    @Test
    void anAttemptIsGivenTheSameMessagesAgain() {
        send("g", "1");
        send("h", "2");
        Message first = receive(fifo, ONE.andThen(r -> r.receiveRequestAttemptId("try")))
                .getFirst();
        server.advance(Duration.ofSeconds(20));
        assertThat(receive(fifo, ONE.andThen(r -> r.receiveRequestAttemptId("try"))))
                .containsExactly(first);
        assertThat(receive(fifo, ONE)).extracting(Message::body).containsExactly("h2");
        server.advance(Duration.ofSeconds(20));
        sqs.deleteMessage(r -> r.queueUrl(fifo).receiptHandle(first.receiptHandle()));
        assertThat(receive(fifo, r -> r.receiveRequestAttemptId("try"))).isEmpty();
        refuses(
                () -> receive(url, r -> r.receiveRequestAttemptId("try")),
                "InvalidParameterValue",
                "is not valid for this queue type");
    }

    @Test
    void aFifoHandleIsGoodOnlyWhileItsMessageIsInFlight() {
        send("g", "1");
        String handle = receive(fifo, ONE).getFirst().receiptHandle();
        server.advance(Duration.ofSeconds(31));
        refuses(
                () -> sqs.deleteMessage(r -> r.queueUrl(fifo).receiptHandle(handle)),
                "InvalidParameterValue",
                "Reason: The receipt handle has expired.");
        assertThat(receive(fifo, ONE)).hasSize(1);
    }

    @Test
    void aHandleIsGoodForItsQueueAlone() {
        sqs.sendMessage(r -> r.queueUrl(url).messageBody("x"));
        String handle = receive(url, ONE).getFirst().receiptHandle();
        refuses(
                () -> sqs.deleteMessage(r -> r.queueUrl(fifo).receiptHandle(handle)),
                "ReceiptHandleIsInvalid",
                "is not a valid receipt handle");
    }

    @Test
    void nothingIsHiddenForMoreThanTwelveHoursInAll() {
        sqs.sendMessage(r -> r.queueUrl(url).messageBody("x"));
        String handle = receive(url, ONE.andThen(r -> r.visibilityTimeout(43_200)))
                .getFirst()
                .receiptHandle();
        server.advance(Duration.ofHours(1));
        sqs.changeMessageVisibility(r -> r.queueUrl(url).receiptHandle(handle).visibilityTimeout(39_600));
        refuses(
                () -> sqs.changeMessageVisibility(
                        r -> r.queueUrl(url).receiptHandle(handle).visibilityTimeout(39_601)),
                "InvalidParameterValue",
                "Total VisibilityTimeout for the message is beyond the limit [43200 seconds].");
    }

    @Test
    void idsOfGroupsAndDeduplicationAreChecked() {
        refuses(() -> send("a b", "1"), "InvalidParameterValue", "1 to 128 in length");
        refuses(() -> send("g", "a".repeat(129)), "InvalidParameterValue", "MessageDeduplicationId can only include");
        refuses(
                () -> sqs.sendMessage(r -> r.queueUrl(url).messageBody("x").messageDeduplicationId("d")),
                "InvalidParameterValue",
                "Value d for parameter MessageDeduplicationId is invalid.");
        var noGroup = SendMessageBatchRequestEntry.builder()
                .id("a")
                .messageBody("x")
                .messageDeduplicationId("1")
                .build();
        refuses(
                () -> sqs.sendMessageBatch(r -> r.queueUrl(fifo).entries(noGroup)),
                "InvalidParameterValue",
                "The request must contain the parameter MessageGroupId.");
    }

    @Test
    void highThroughputDeduplicatesByGroup() {
        refuses(
                () -> set(fifo, QueueAttributeName.FIFO_THROUGHPUT_LIMIT, "perMessageGroupId"),
                "InvalidParameterValue",
                "DeduplicationScope must be messageGroup");
        set(fifo, QueueAttributeName.DEDUPLICATION_SCOPE, "messageGroup");
        set(fifo, QueueAttributeName.FIFO_THROUGHPUT_LIMIT, "perMessageGroupId");
        send("g", "1");
        send("h", "1");
        send("g", "1");
        assertThat(receive(fifo, r -> r.maxNumberOfMessages(10)))
                .extracting(Message::body)
                .containsExactly("g1", "h1");
    }

    private void set(String queue, QueueAttributeName name, String value) {
        sqs.setQueueAttributes(r -> r.queueUrl(queue).attributes(Map.of(name, value)));
    }

    @Test
    void aShorterRetentionEndsWhatWaits() {
        sqs.sendMessage(r -> r.queueUrl(url).messageBody("x"));
        server.advance(Duration.ofMinutes(5));
        set(url, QueueAttributeName.MESSAGE_RETENTION_PERIOD, "60");
        assertThat(receive(url, ONE)).isEmpty();
    }

    @Test
    void aFifoDelayHoldsForWhatWaits() {
        set(fifo, QueueAttributeName.DELAY_SECONDS, "60");
        send("g", "1");
        assertThat(receive(fifo, ONE)).isEmpty();
        set(fifo, QueueAttributeName.DELAY_SECONDS, "0");
        assertThat(receive(fifo, ONE)).hasSize(1);
    }

    @Test
    void aQueueIsPurgedOnceAMinute() {
        sqs.purgeQueue(r -> r.queueUrl(url));
        refuses(
                () -> sqs.purgeQueue(r -> r.queueUrl(url)),
                "AWS.SimpleQueueService.PurgeQueueInProgress",
                "Only one PurgeQueue operation on plain is allowed every 60 seconds.");
        server.advance(Duration.ofMinutes(1));
        sqs.purgeQueue(r -> r.queueUrl(url));
    }

    @Test
    void attributesOfMessagesAreCheckedAndNeverDropped() {
        refuses(
                () -> attribute(a -> a.dataType("String").stringValue("\u0001")),
                "InvalidMessageContents",
                "Invalid characters");
        refuses(
                () -> attribute(a -> a.dataType("String").stringValue("a").stringListValues("b")),
                "AWS.SimpleQueueService.UnsupportedOperation",
                "Message attribute list values in SendMessage operation are not supported.");
        refuses(
                () -> attribute(a -> a.dataType("String").stringValue("a").binaryValue(SdkBytes.fromUtf8String("b"))),
                "InvalidParameterValue",
                "must contain one value");
    }

    private void attribute(Consumer<MessageAttributeValue.Builder> value) {
        MessageAttributeValue.Builder built = MessageAttributeValue.builder();
        value.accept(built);
        Consumer<SendMessageRequest.Builder> message =
                r -> r.queueUrl(url).messageBody("x").messageAttributes(Map.of("n", built.build()));
        sqs.sendMessage(message);
    }

    @Test
    void namesThatSqsDoesNotKnowAreNamed() {
        refuses(
                () -> sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNamesWithStrings("Foo")),
                "InvalidAttributeName",
                "Unknown Attribute Foo.");
        refuses(
                () -> sqs.setQueueAttributes(r -> r.queueUrl(url).attributesWithStrings(Map.of("Foo", "1"))),
                "InvalidAttributeName",
                "Unknown Attribute Foo.");
        refuses(
                () -> receive(url, r -> r.messageSystemAttributeNamesWithStrings("Foo")),
                "InvalidAttributeName",
                "Unknown Attribute Foo.");
        refuses(
                () -> sqs.sendMessage(r -> r.queueUrl(url)),
                "MissingParameter",
                "The request must contain the parameter MessageBody.");
        refuses(
                () -> receive(url, r -> r.waitTimeSeconds(21)),
                "InvalidParameterValue",
                "Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.");
    }

    @Test
    void tagsAreChecked() {
        refuses(
                () -> sqs.tagQueue(r -> r.queueUrl(url).tags(Map.of("aws:x", "y"))),
                "InvalidParameterValue",
                "reserved for system use");
        refuses(
                () -> sqs.createQueue(r -> r.queueName("t").tags(Map.of("k".repeat(129), "y"))),
                "InvalidParameterValue",
                "1 to 128 characters");
    }
}
