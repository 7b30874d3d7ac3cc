package belfry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** What services count of themselves, each in its minute, through the AWS SDK (docs/decisions/0707-service-metrics.md). */
class ServiceMetricsTest {
    private static final Instant START = TestServer.START;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestServer server = TestServer.start();
    private final CloudWatchClient cloudWatch = server.client(CloudWatchClient.builder());
    private final SqsClient sqs = server.client(SqsClient.builder());
    private final SnsClient sns = server.client(SnsClient.builder());

    @AfterEach
    void close() {
        server.close();
    }

    /** The sums of minutes with data, as {@code minute:sum}. */
    private List<String> sums(String namespace, String metric, Map<String, String> dimensions) {
        server.settle();
        return cloudWatch
                .getMetricStatistics(in -> in.namespace(namespace)
                        .metricName(metric)
                        .dimensions(dimensions.entrySet().stream()
                                .map(one -> Dimension.builder()
                                        .name(one.getKey())
                                        .value(one.getValue())
                                        .build())
                                .toList())
                        .startTime(START)
                        .endTime(START.plus(Duration.ofHours(20)))
                        .period(60)
                        .statistics(Statistic.SUM))
                .datapoints()
                .stream()
                .sorted(Comparator.comparing(Datapoint::timestamp))
                .map(point -> Duration.between(START, point.timestamp()).toMinutes() + ":" + Math.round(point.sum()))
                .toList();
    }

    private List<String> queue(String metric) {
        return sums("AWS/SQS", metric, Map.of("QueueName", "work"));
    }

    private String createQueue(String name, Map<QueueAttributeName, String> attributes) {
        return sqs.createQueue(in -> in.queueName(name).attributes(attributes)).queueUrl();
    }

    private String arn(String url) {
        return sqs.getQueueAttributes(in -> in.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .getOrDefault(QueueAttributeName.QUEUE_ARN, "");
    }

    @Test
    void queuesCountWhatComesAndGoesAndTellTheirDepthEachMinute() {
        String url = createQueue("work", Map.of());
        var unused = sqs.sendMessage(in -> in.queueUrl(url).messageBody("12345"));
        var unusedBatch = sqs.sendMessageBatch(in -> in.queueUrl(url)
                .entries(
                        SendMessageBatchRequestEntry.builder()
                                .id("a")
                                .messageBody("x")
                                .build(),
                        SendMessageBatchRequestEntry.builder()
                                .id("b")
                                .messageBody("yy")
                                .delaySeconds(600)
                                .build()));
        server.settle();
        server.advance(MINUTE);
        server.advance(MINUTE);
        List<Message> received = sqs.receiveMessage(in -> in.queueUrl(url).visibilityTimeout(300))
                .messages();
        server.advance(MINUTE);
        var unusedDelete = sqs.deleteMessage(
                in -> in.queueUrl(url).receiptHandle(received.getFirst().receiptHandle()));
        server.advance(MINUTE);
        assertThat(queue("NumberOfMessagesSent")).containsExactly("0:3");
        assertThat(queue("SentMessageSize")).containsExactly("0:8");
        assertThat(queue("NumberOfMessagesReceived")).containsExactly("2:1");
        assertThat(queue("NumberOfMessagesDeleted")).containsExactly("3:1");
        assertThat(queue("ApproximateNumberOfMessagesVisible")).endsWith("1:2", "2:2", "3:1", "4:1");
        assertThat(queue("ApproximateNumberOfMessagesNotVisible")).endsWith("1:0", "2:0", "3:1", "4:0");
        assertThat(queue("ApproximateNumberOfMessagesDelayed")).endsWith("1:1", "2:1", "3:1", "4:1");
        assertThat(queue("ApproximateAgeOfOldestMessage")).endsWith("1:60", "2:120", "3:180", "4:240");
    }

    @Test
    void anEmptiedQueueTellsZerosForSixHoursAndThenSleeps() {
        String url = createQueue("work", Map.of());
        var unused = sqs.sendMessage(in -> in.queueUrl(url).messageBody("x"));
        server.settle();
        server.advance(MINUTE);
        var unusedPurge = sqs.purgeQueue(in -> in.queueUrl(url));
        server.advance(Duration.ofHours(8));
        List<String> visible = queue("ApproximateNumberOfMessagesVisible");
        assertThat(visible).contains("1:1", "2:0", "300:0");
        assertThat(visible.getLast()).isEqualTo("360:0");
        assertThat(server.belfry().pumps().failures()).isEmpty();
    }

    @Test
    void anAlarmOnADeadLetterQueueGoesOffWithinAMinute() {
        String dead = createQueue("dead", Map.of());
        String url = createQueue(
                "work",
                Map.of(
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"" + arn(dead) + "\",\"maxReceiveCount\":\"1\"}"));
        var unused = cloudWatch.putMetricAlarm(in -> in.alarmName("dead letters")
                .namespace("AWS/SQS")
                .metricName("ApproximateNumberOfMessagesVisible")
                .dimensions(Dimension.builder().name("QueueName").value("dead").build())
                .statistic(Statistic.MAXIMUM)
                .period(60)
                .evaluationPeriods(1)
                .threshold(1.0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .treatMissingData("notBreaching"));
        var unusedSend = sqs.sendMessage(in -> in.queueUrl(url).messageBody("poison"));
        for (int i = 0; i < 2; i++) {
            var unusedReceive = sqs.receiveMessage(in -> in.queueUrl(url).visibilityTimeout(0));
        }
        server.settle();
        server.advance(MINUTE);
        assertThat(cloudWatch.describeAlarms().metricAlarms().getFirst().stateValueAsString())
                .isEqualTo("ALARM");
        assertThat(sums("AWS/SQS", "NumberOfMessagesSent", Map.of("QueueName", "dead")))
                .isEmpty();
    }

    @Test
    void rulesCountByTheirBusAndForTheAccount() {
        EventBridgeClient events = server.client(EventBridgeClient.builder());
        String url = createQueue("work", Map.of());
        var unusedPolicy = sqs.setQueueAttributes(in -> in.queueUrl(url)
                .attributes(Map.of(
                        QueueAttributeName.POLICY,
                        "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
                                + "\"events.amazonaws.com\"},\"Action\":\"sqs:SendMessage\",\"Resource\":\"*\"}}")));
        var unusedBus = events.createEventBus(in -> in.name("own"));
        for (String bus : List.of("default", "own")) {
            var unusedRule =
                    events.putRule(in -> in.name("all").eventBusName(bus).eventPattern("{\"source\":[\"my.app\"]}"));
            var unusedTargets = events.putTargets(in -> in.rule("all")
                    .eventBusName(bus)
                    .targets(
                            Target.builder().id("good").arn(arn(url)).build(),
                            Target.builder()
                                    .id("bad")
                                    .arn(arn(url).replace("work", "nowhere"))
                                    .build()));
        }
        for (String bus : List.of("default", "own", "own")) {
            var unused = events.putEvents(in -> in.entries(PutEventsRequestEntry.builder()
                    .eventBusName(bus)
                    .source("my.app")
                    .detailType("test")
                    .detail("{}")
                    .build()));
        }
        server.settle();
        Map<String, String> rule = Map.of("RuleName", "all");
        Map<String, String> own = Map.of("RuleName", "all", "EventBusName", "own");
        for (String metric :
                List.of("MatchedEvents", "TriggeredRules", "FailedInvocations", "SuccessfulInvocationAttempts")) {
            assertThat(sums("AWS/Events", metric, rule)).as(metric).containsExactly("0:1");
            assertThat(sums("AWS/Events", metric, own)).as(metric).containsExactly("0:2");
        }
        assertThat(sums("AWS/Events", "Invocations", own)).containsExactly("0:4");
        assertThat(sums("AWS/Events", "Invocations", Map.of())).containsExactly("0:6");
        assertThat(sums("AWS/Events", "InvocationAttempts", Map.of())).containsExactly("0:6");
        assertThat(sums("AWS/Events", "InvocationsCreated", Map.of())).containsExactly("0:6");
        assertThat(sums("AWS/Events", "FailedInvocations", Map.of())).isEmpty();
        assertThat(sums("AWS/Events", "RetryInvocationAttempts", Map.of())).isEmpty();
    }

    @Test
    void logsCountForEachGroupAndForTheAccount() {
        CloudWatchLogsClient logs = server.client(CloudWatchLogsClient.builder());
        for (String group : List.of("one", "two")) {
            var unusedGroup = logs.createLogGroup(in -> in.logGroupName(group));
            var unusedStream = logs.createLogStream(in -> in.logGroupName(group).logStreamName("s"));
        }
        log(logs, "one", "12345", "1");
        server.advance(MINUTE);
        log(logs, "one", "1");
        log(logs, "two", "1");
        assertThat(sums("AWS/Logs", "IncomingLogEvents", Map.of("LogGroupName", "one")))
                .containsExactly("0:2", "1:1");
        assertThat(sums("AWS/Logs", "IncomingLogEvents", Map.of())).containsExactly("0:2", "1:2");
        assertThat(sums("AWS/Logs", "IncomingBytes", Map.of())).containsExactly("0:58", "1:54");
    }

    private void log(CloudWatchLogsClient logs, String group, String... messages) {
        var unused = logs.putLogEvents(in -> in.logGroupName(group)
                .logStreamName("s")
                .logEvents(List.of(messages).stream()
                        .map(text -> InputLogEvent.builder()
                                .timestamp(server.clock().now().toEpochMilli())
                                .message(text)
                                .build())
                        .toList()));
        server.settle();
    }

    /** The alarm's own message is counted in the metric that it watches; that must not set it off again. */
    @Test
    void anAlarmOnItsOwnTopicGoesOffOnce() {
        String topic = sns.createTopic(in -> in.name("alerts")).topicArn();
        var unused = cloudWatch.putMetricAlarm(in -> in.alarmName("loop")
                .namespace("AWS/SNS")
                .metricName("NumberOfMessagesPublished")
                .dimensions(
                        Dimension.builder().name("TopicName").value("alerts").build())
                .statistic(Statistic.SUM)
                .period(60)
                .evaluationPeriods(1)
                .threshold(1.0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .treatMissingData("notBreaching")
                .alarmActions(topic));
        server.settle();
        var unusedPublish = sns.publish(in -> in.topicArn(topic).message("first"));
        assertThat(sums("AWS/SNS", "NumberOfMessagesPublished", Map.of("TopicName", "alerts")))
                .as("the message and the alarm's")
                .containsExactly("0:2");
        server.advance(Duration.ofMinutes(30));
        assertThat(sums("AWS/SNS", "NumberOfMessagesPublished", Map.of("TopicName", "alerts")))
                .containsExactly("0:2");
        assertThat(cloudWatch
                        .describeAlarmHistory(in -> in.alarmName("loop").historyItemType(HistoryItemType.ACTION))
                        .alarmHistoryItems())
                .hasSize(1);
    }

    /** Writes are counted by the database itself. */
    @Test
    void countingIsOneWriteAndThousandCountsAreOneDatapoint() {
        try (Bench bench = new Bench()) {
            ServiceCounts counts = new ServiceCounts(Bench.ACCOUNT, Bench.REGION, "AWS/Test", Map.of("Name", "x"));
            long counting = writes(
                    bench,
                    () -> bench.write(
                            tx -> IntStream.range(0, 1_000).forEach(i -> counts.count(tx, "Things", Bench.START))));
            assertThat(counting).isEqualTo(1_000);
            ServiceCountFeed feed = new ServiceCountFeed(bench.store);
            long feeding = writes(bench, () -> assertThat(feed.step()).isFalse());
            assertThat(feeding)
                    .as("metric, datapoint, change, the count taken away, and the change, which the alarms took")
                    .isEqualTo(5);
            assertThat(feed.step()).isFalse();
            long total = bench.read(tx -> tx.count("SELECT total FROM datapoint"));
            assertThat(total).isEqualTo(1_000);
        }
    }

    private static long writes(Bench bench, Runnable work) {
        long before = bench.store.write(tx -> tx.count("SELECT total_changes()"));
        work.run();
        bench.pumps.settle();
        return bench.store.write(tx -> tx.count("SELECT total_changes()")) - before;
    }
}
