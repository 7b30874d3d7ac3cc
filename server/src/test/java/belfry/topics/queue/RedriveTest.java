package belfry.topics.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.Options;
import belfry.TestServer;
import belfry.base.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Dead letters: who may send them where, and how they are moved back. */
class RedriveTest {
    @TempDir
    Path dataDir;

    private final Clock clock = Clock.stoppedAt(TestServer.START);
    private TestServer server = TestServer.start();
    private SqsClient sqs = server.client(SqsClient.builder());

    @AfterEach
    void close() {
        server.close();
    }

    /** From here on on disk. */
    private void restart() {
        server.close();
        Options options = Options.read(Map.of("port", "0", "dev", "true", "data-dir", dataDir.toString()), Map.of());
        server = TestServer.start(options, clock);
        sqs = server.client(SqsClient.builder());
    }

    private String create(String name, Map<QueueAttributeName, String> attributes) {
        return sqs.createQueue(r -> r.queueName(name).attributes(attributes)).queueUrl();
    }

    private static String arn(String name) {
        return "arn:aws:sqs:us-east-1:" + TestServer.ACCOUNT + ":" + name;
    }

    private static String policy(String dead, int receives) {
        return "{\"deadLetterTargetArn\":\"" + arn(dead) + "\",\"maxReceiveCount\":" + receives + "}";
    }

    private String queueWithDeadLetters(String name, String dead) {
        create(dead, Map.of());
        return create(name, Map.of(QueueAttributeName.REDRIVE_POLICY, policy(dead, 1)));
    }

    /** Sends {@code count} messages to a queue and receives them until they are dead letters. */
    private void bury(String url, int count) {
        IntStream.range(0, count)
                .forEach(i -> sqs.sendMessage(r -> r.queueUrl(url).messageBody(url + " " + i)));
        drain(url);
        server.advance(Duration.ofSeconds(30));
        drain(url);
    }

    private List<Message> drain(String url) {
        List<Message> all = new ArrayList<>();
        while (true) {
            List<Message> some = sqs.receiveMessage(r -> r.queueUrl(url)
                            .maxNumberOfMessages(10)
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                    .messages();
            if (some.isEmpty()) {
                return all;
            }
            all.addAll(some);
        }
    }

    private ListMessageMoveTasksResultEntry newest(String dead) {
        return sqs.listMessageMoveTasks(r -> r.sourceArn(arn(dead))).results().getFirst();
    }

    private static String code(Throwable error) {
        return ((AwsServiceException) error).awsErrorDetails().errorCode();
    }

    @Test
    void deadLettersGoBackToWhereEachCameFrom() {
        String first = queueWithDeadLetters("first", "dead");
        String second = create("second", Map.of(QueueAttributeName.REDRIVE_POLICY, policy("dead", 1)));
        bury(first, 2);
        bury(second, 1);
        sqs.startMessageMoveTask(r -> r.sourceArn(arn("dead")));
        server.settle();
        assertThat(newest("dead").status()).isEqualTo("COMPLETED");
        assertThat(newest("dead").approximateNumberOfMessagesMoved()).isEqualTo(3);
        assertThat(newest("dead").approximateNumberOfMessagesToMove()).isEqualTo(3);
        assertThat(newest("dead").taskHandle()).isNull();
        List<Message> back = drain(first);
        assertThat(back).extracting(Message::body).containsExactly(first + " 0", first + " 1");
        assertThat(back.getFirst().attributes())
                .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1")
                .doesNotContainKey(MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN);
        assertThat(drain(second)).extracting(Message::body).containsExactly(second + " 0");
    }

    @Test
    void aRateIsKeptOverRestartsAndNothingIsLostOrDoubled() {
        restart();
        String url = queueWithDeadLetters("jobs", "dead");
        String elsewhere = create("elsewhere", Map.of());
        bury(url, 10);
        sqs.startMessageMoveTask(
                r -> r.sourceArn(arn("dead")).destinationArn(arn("elsewhere")).maxNumberOfMessagesPerSecond(2));
        server.settle();
        server.advance(Duration.ofSeconds(1));
        ListMessageMoveTasksResultEntry running = newest("dead");
        assertThat(running.status()).isEqualTo("RUNNING");
        assertThat(running.approximateNumberOfMessagesMoved()).isEqualTo(4);
        assertThat(running.taskHandle()).isNotEmpty();
        assertThat(running.maxNumberOfMessagesPerSecond()).isEqualTo(2);
        restart();
        server.advance(Duration.ofSeconds(10));
        assertThat(newest("dead").status()).isEqualTo("COMPLETED");
        assertThat(newest("dead").approximateNumberOfMessagesMoved()).isEqualTo(10);
        List<Message> moved =
                drain(elsewhere.replaceFirst("http://[^/]+", server.url().toString()));
        assertThat(moved).hasSize(10);
        assertThat(new HashSet<>(moved.stream().map(Message::body).toList())).hasSize(10);
        assertThat(drain(url.replaceFirst("http://[^/]+", server.url().toString())))
                .isEmpty();
    }

    @Test
    void aTaskThatIsCutOffGoesOnWhereItWas() {
        restart();
        queueWithDeadLetters("jobs", "dead");
        create("elsewhere", Map.of());
        String dead = sqs.getQueueUrl(r -> r.queueName("dead")).queueUrl();
        IntStream.range(0, 350)
                .forEach(i -> sqs.sendMessage(r -> r.queueUrl(dead).messageBody("letter " + i)));
        sqs.startMessageMoveTask(r -> r.sourceArn(arn("dead")).destinationArn(arn("elsewhere")));
        restart();
        restart();
        server.settle();
        assertThat(newest("dead").status()).isEqualTo("COMPLETED");
        assertThat(newest("dead").approximateNumberOfMessagesMoved()).isEqualTo(350);
        List<Message> moved =
                drain(sqs.getQueueUrl(r -> r.queueName("elsewhere")).queueUrl());
        assertThat(moved).extracting(Message::body).hasSize(350).doesNotHaveDuplicates();
    }

    @Test
    void aTaskCanBeCancelledOnce() {
        String url = queueWithDeadLetters("jobs", "dead");
        bury(url, 3);
        String handle = sqs.startMessageMoveTask(r -> r.sourceArn(arn("dead")).maxNumberOfMessagesPerSecond(1))
                .taskHandle();
        server.settle();
        assertThatThrownBy(() -> sqs.startMessageMoveTask(r -> r.sourceArn(arn("dead"))))
                .hasMessageContaining("There is already a task running. Only one active task is allowed");
        assertThat(sqs.cancelMessageMoveTask(r -> r.taskHandle(handle)).approximateNumberOfMessagesMoved())
                .isEqualTo(1);
        server.advance(Duration.ofMinutes(1));
        assertThat(newest("dead").status()).isEqualTo("CANCELLED");
        assertThat(newest("dead").approximateNumberOfMessagesMoved()).isEqualTo(1);
        assertThatThrownBy(() -> sqs.cancelMessageMoveTask(r -> r.taskHandle(handle)))
                .isInstanceOf(SqsException.class)
                .satisfies(e -> assertThat(code(e)).isEqualTo("AWS.SimpleQueueService.UnsupportedOperation"));
        sqs.startMessageMoveTask(r -> r.sourceArn(arn("dead")));
        server.settle();
        assertThat(sqs.listMessageMoveTasks(r -> r.sourceArn(arn("dead")).maxResults(10))
                        .results())
                .extracting(ListMessageMoveTasksResultEntry::status)
                .containsExactly("COMPLETED", "CANCELLED");
    }

    @Test
    void tasksFailInTheWordsOfAws() {
        String url = queueWithDeadLetters("jobs", "dead");
        String dead = sqs.getQueueUrl(r -> r.queueName("dead")).queueUrl();
        create("gone", Map.of());
        bury(url, 2);
        sqs.startMessageMoveTask(
                r -> r.sourceArn(arn("dead")).destinationArn(arn("gone")).maxNumberOfMessagesPerSecond(1));
        server.settle();
        sqs.deleteQueue(r -> r.queueUrl(url.replace("jobs", "gone")));
        server.advance(Duration.ofSeconds(1));
        assertThat(newest("dead").status()).isEqualTo("FAILED");
        assertThat(newest("dead").failureReason()).isEqualTo("AWS.SimpleQueueService.NonExistentQueue");
        sqs.sendMessage(r -> r.queueUrl(dead).messageBody("straight to the dead"));
        sqs.startMessageMoveTask(r -> r.sourceArn(arn("dead")));
        server.settle();
        assertThat(newest("dead").failureReason()).isEqualTo("CouldNotDetermineMessageSource");
        assertThat(newest("dead").approximateNumberOfMessagesMoved()).isEqualTo(1);
        assertThat(drain(dead)).extracting(Message::body).containsExactly("straight to the dead");
    }

    @Test
    void whatCannotBeMovedIsRefusedAtOnce() {
        queueWithDeadLetters("jobs", "dead");
        create("order.fifo", Map.of(QueueAttributeName.FIFO_QUEUE, "true"));
        assertThatThrownBy(() -> sqs.startMessageMoveTask(r -> r.sourceArn(arn("jobs"))))
                .hasMessageContaining("Source queue must be configured as a Dead Letter Queue.")
                .satisfies(e -> assertThat(code(e)).isEqualTo("InvalidParameterValue"));
        assertThatThrownBy(() ->
                        sqs.startMessageMoveTask(r -> r.sourceArn(arn("dead")).destinationArn(arn("nowhere"))))
                .hasMessageContaining("The resource that you specified for the DestinationArn parameter doesn't exist.")
                .satisfies(
                        e -> assertThat(((AwsServiceException) e).statusCode()).isEqualTo(404));
        assertThatThrownBy(() ->
                        sqs.startMessageMoveTask(r -> r.sourceArn(arn("dead")).destinationArn(arn("dead"))))
                .hasMessageContaining("cannot be the same");
        assertThatThrownBy(() ->
                        sqs.startMessageMoveTask(r -> r.sourceArn(arn("dead")).destinationArn(arn("order.fifo"))))
                .hasMessageContaining("must be of the same queue type");
        assertThatThrownBy(() ->
                        sqs.startMessageMoveTask(r -> r.sourceArn(arn("dead")).maxNumberOfMessagesPerSecond(501)))
                .hasMessageContaining("between 1 and 500");
        assertThatThrownBy(() -> sqs.cancelMessageMoveTask(r -> r.taskHandle("nonsense")))
                .hasMessageContaining("Value for parameter TaskHandle is invalid.");
    }

    @Test
    void aRedrivePolicyIsCheckedAgainstItsTarget() {
        create("dead", Map.of(QueueAttributeName.REDRIVE_ALLOW_POLICY, "{\"redrivePermission\":\"denyAll\"}"));
        String url = create("jobs", Map.of());
        create("order.fifo", Map.of(QueueAttributeName.FIFO_QUEUE, "true"));
        assertThatThrownBy(() -> setPolicy(url, policy("nowhere", 1)))
                .hasMessageContaining("Reason: Dead letter target does not exist.");
        assertThatThrownBy(() -> setPolicy(url, policy("order.fifo", 1)))
                .hasMessageContaining("Reason: Dead-letter queue must be same type of queue as the source.");
        assertThatThrownBy(() -> setPolicy(url, "{\"maxReceiveCount\":1}"))
                .hasMessageContaining("does not contain mandatory attribute: deadLetterTargetArn.");
        assertThatThrownBy(() -> setPolicy(url, policy("dead", 1001)))
                .hasMessageContaining("valid values are from 1 to 1000 both inclusive.");
        assertThatThrownBy(() -> setPolicy(url, policy("dead", 1)))
                .hasMessageContaining("RedriveAllowPolicy does not allow this queue");
        allow("dead", "{\"redrivePermission\":\"byQueue\",\"sourceQueueArns\":[\"" + arn("jobs") + "\"]}");
        setPolicy(url, policy("dead", 1));
        assertThatThrownBy(() -> create("other", Map.of(QueueAttributeName.REDRIVE_POLICY, policy("dead", 1))))
                .hasMessageContaining("RedriveAllowPolicy does not allow this queue");
        assertThatThrownBy(() -> allow("dead", "{\"redrivePermission\":\"byQueue\"}"))
                .hasMessageContaining("specify 1 to 10 sourceQueueArns");
    }

    @Test
    void aMessageStaysWhereItsDeadLetterQueueTakesItNoLonger() {
        String url = queueWithDeadLetters("jobs", "dead");
        allow("dead", "{\"redrivePermission\":\"denyAll\"}");
        bury(url, 1);
        assertThat(drain(sqs.getQueueUrl(r -> r.queueName("dead")).queueUrl())).isEmpty();
        server.advance(Duration.ofSeconds(30));
        assertThat(drain(url)).hasSize(1);
    }

    private void setPolicy(String url, String policy) {
        sqs.setQueueAttributes(r -> r.queueUrl(url).attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, policy)));
    }

    private void allow(String name, String policy) {
        String url = sqs.getQueueUrl(r -> r.queueName(name)).queueUrl();
        sqs.setQueueAttributes(
                r -> r.queueUrl(url).attributes(Map.of(QueueAttributeName.REDRIVE_ALLOW_POLICY, policy)));
    }

    @Test
    void twoFifoMessagesOfOneDeduplicationIdAreTwoDeadLetters() {
        Map<QueueAttributeName, String> fifo = Map.of(QueueAttributeName.FIFO_QUEUE, "true");
        String dead = create("dead.fifo", fifo);
        String url = create(
                "jobs.fifo",
                Map.of(
                        QueueAttributeName.FIFO_QUEUE,
                        "true",
                        QueueAttributeName.REDRIVE_POLICY,
                        policy("dead.fifo", 1)));
        for (int i = 0; i < 2; i++) {
            sqs.sendMessage(r ->
                    r.queueUrl(url).messageBody("poison").messageGroupId("g").messageDeduplicationId("same"));
            drain(url);
            server.advance(Duration.ofMinutes(6));
            assertThat(drain(url)).isEmpty();
        }
        List<Message> letters = drain(dead);
        assertThat(letters).hasSize(2);
        assertThat(letters.getFirst().attributes())
                .containsEntry(
                        MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID,
                        letters.getFirst().messageId());
        server.advance(Duration.ofSeconds(30));
        sqs.startMessageMoveTask(r -> r.sourceArn(arn("dead.fifo")));
        server.settle();
        assertThat(newest("dead.fifo").approximateNumberOfMessagesMoved()).isEqualTo(2);
        assertThat(drain(url)).hasSize(2);
    }
}
