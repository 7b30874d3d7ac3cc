package belfry.events;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.TestServer;
import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What is put, recorded or due reaches the targets that want it, and nothing else. */
class EventDeliveryTest {
    private static final String ALL_MANAGEMENT =
            "{\"source\":[\"aws.sqs\"],\"detail-type\":[\"AWS API Call via CloudTrail\"]}";

    private static final String BUCKET_POLICY = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
            + "\"Principal\":{\"Service\":\"cloudtrail.amazonaws.com\"},\"Action\":[\"s3:GetBucketAcl\",\"s3:PutObject\"],"
            + "\"Resource\":[\"arn:aws:s3:::trail-bucket\",\"arn:aws:s3:::trail-bucket/*\"]}]}";

    private final TestServer server = TestServer.start();
    private final EventBridgeClient events = server.client(EventBridgeClient.builder());
    private final SqsClient sqs = server.client(SqsClient.builder());
    private final SnsClient sns = server.client(SnsClient.builder());
    private String queue = "";

    @BeforeEach
    void makeQueue() {
        queue = queue("caught");
        allow(queue, "events.amazonaws.com");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String queue(String name) {
        return sqs.createQueue(r -> r.queueName(name)).queueUrl();
    }

    private String arn(String url) {
        return sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .getOrDefault(QueueAttributeName.QUEUE_ARN, "");
    }

    private void allow(String url, String service) {
        String policy = "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\""
                + service + "\"},\"Action\":\"sqs:SendMessage\",\"Resource\":\"" + arn(url) + "\"}}";
        sqs.setQueueAttributes(r -> r.queueUrl(url).attributes(Map.of(QueueAttributeName.POLICY, policy)));
    }

    private void rule(String name, String pattern, Target target) {
        events.putRule(r -> r.name(name).eventPattern(pattern));
        events.putTargets(r -> r.rule(name).targets(target));
    }

    private Target toQueue() {
        return Target.builder().id("q").arn(arn(queue)).build();
    }

    private String put(String source, String detail) {
        PutEventsRequestEntry entry = PutEventsRequestEntry.builder()
                .source(source)
                .detailType("order")
                .detail(detail)
                .build();
        return events.putEvents(r -> r.entries(entry)).entries().getFirst().eventId();
    }

    private List<Message> received(String url) {
        server.settle();
        return sqs.receiveMessage(r -> r.queueUrl(url)
                        .maxNumberOfMessages(10)
                        .visibilityTimeout(0)
                        .messageAttributeNames("All"))
                .messages();
    }

    private static String attribute(Message message, String name) {
        return Objects.requireNonNull(message.messageAttributes().get(name)).stringValue();
    }

    private List<JsonNode> bodies(String url) {
        return received(url).stream().map(message -> Json.parse(message.body())).toList();
    }

    @Test
    void aMatchedEventReachesTheQueueWhole() {
        rule("orders", "{\"source\":[\"my.app\"],\"detail\":{\"n\":[{\"numeric\":[\">\",2]}]}}", toQueue());
        put("my.app", "{\"n\":1}");
        put("other.app", "{\"n\":3}");
        String id = put("my.app", "{\"n\":3}");
        assertThat(bodies(queue)).singleElement().satisfies(event -> {
            assertThat(event.path("id").asText()).isEqualTo(id);
            assertThat(event.path("detail-type").asText()).isEqualTo("order");
            assertThat(event.path("account").asText()).isEqualTo(TestServer.ACCOUNT);
            assertThat(event.path("time").asText()).isEqualTo("2026-03-02T10:00:00Z");
            assertThat(event.path("detail").path("n").asInt()).isEqualTo(3);
        });
    }

    @Test
    void changedRulesMatchAnew() {
        rule("r", "{\"source\":[\"a\"]}", toQueue());
        put("a", "{}");
        events.putRule(r -> r.name("r").eventPattern("{\"source\":[\"b\"]}"));
        put("a", "{}");
        put("b", "{}");
        events.disableRule(r -> r.name("r"));
        put("b", "{}");
        assertThat(bodies(queue))
                .extracting(event -> event.path("source").asText())
                .containsExactly("a", "b");
    }

    @Test
    void aTransformerMakesTheMail() {
        String topic = sns.createTopic(r -> r.name("alerts")).topicArn();
        String policy = "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"events.amazonaws.com\"},"
                + "\"Action\":\"sns:Publish\",\"Resource\":\"" + topic
                + "\",\"Condition\":{\"ArnLike\":{\"aws:SourceArn\":\"arn:aws:events:*:*:rule/direct\"}}}}";
        sns.setTopicAttributes(r -> r.topicArn(topic).attributeName("Policy").attributeValue(policy));
        String subscribed = queue("subscribed");
        allow(subscribed, "sns.amazonaws.com");
        sns.subscribe(r -> r.topicArn(topic).protocol("sqs").endpoint(arn(subscribed)));
        String raw = queue("raw");
        allow(raw, "sns.amazonaws.com");
        sns.subscribe(r ->
                r.topicArn(topic).protocol("sqs").endpoint(arn(raw)).attributes(Map.of("RawMessageDelivery", "true")));
        rule(
                "direct",
                "{\"source\":[\"my.app\"]}",
                Target.builder()
                        .id("t")
                        .arn(topic)
                        .inputTransformer(i -> i.inputPathsMap(Map.of("who", "$.detail.who", "t", "$.time"))
                                .inputTemplate("\"Read by <who> at <t>\""))
                        .build());
        put("my.app", "{\"who\":\"mallory\"}");
        String text = "\"Read by mallory at 2026-03-02T10:00:00Z\"";
        assertThat(received(raw)).extracting(Message::body).containsExactly(text);
        assertThat(bodies(subscribed)).singleElement().satisfies(envelope -> {
            assertThat(envelope.path("Type").asText()).isEqualTo("Notification");
            assertThat(envelope.path("TopicArn").asText()).isEqualTo(topic);
            assertThat(envelope.path("Message").asText()).isEqualTo(text);
        });
    }

    @Test
    void withoutPermissionTheEventIsBuriedAndTheReasonKept() {
        String closed = queue("closed");
        rule(
                "r",
                "{\"source\":[\"my.app\"]}",
                Target.builder()
                        .id("t")
                        .arn(arn(closed))
                        .deadLetterConfig(d -> d.arn(arn(queue)))
                        .build());
        String id = put("my.app", "{}");
        assertThat(received(closed)).isEmpty();
        Message buried = received(queue).getFirst();
        assertThat(Json.parse(buried.body()).path("id").asText()).isEqualTo(id);
        assertThat(attribute(buried, "ERROR_CODE")).isEqualTo("NO_PERMISSIONS");
        assertThat(attribute(buried, "TARGET_ARN")).isEqualTo(arn(closed));
        assertThat(attribute(buried, "RULE_ARN")).endsWith(":rule/r");
        assertThat(attribute(buried, "ERROR_MESSAGE")).contains("sqs:SendMessage");
    }

    @Test
    void aTopicsDefaultPolicyDoesNotLetEventBridgeIn() {
        String topic = sns.createTopic(r -> r.name("alerts")).topicArn();
        rule(
                "r",
                "{\"source\":[\"my.app\"]}",
                Target.builder()
                        .id("t")
                        .arn(topic)
                        .deadLetterConfig(d -> d.arn(arn(queue)))
                        .build());
        put("my.app", "{}");
        assertThat(attribute(received(queue).getFirst(), "ERROR_CODE")).isEqualTo("NO_PERMISSIONS");
    }

    @Test
    void aMissingQueueIsNoResource() {
        rule(
                "r",
                "{\"source\":[\"my.app\"]}",
                Target.builder()
                        .id("t")
                        .arn(arn(queue) + "-gone")
                        .deadLetterConfig(d -> d.arn(arn(queue)))
                        .build());
        put("my.app", "{}");
        assertThat(attribute(received(queue).getFirst(), "ERROR_CODE")).isEqualTo("NO_RESOURCE");
    }

    @Test
    void schedulesFireWhenDue() {
        events.putRule(r -> r.name("tick").scheduleExpression("rate(5 minutes)"));
        events.putTargets(r -> r.rule("tick").targets(toQueue()));
        assertThat(received(queue)).isEmpty();
        server.advance(Duration.ofMinutes(11));
        assertThat(bodies(queue))
                .extracting(event -> event.path("time").asText())
                .containsExactly("2026-03-02T10:05:00Z", "2026-03-02T10:10:00Z");
        assertThat(bodies(queue).getFirst().path("detail-type").asText()).isEqualTo("Scheduled Event");
        assertThat(bodies(queue).getFirst().path("source").asText()).isEqualTo("aws.events");
        events.disableRule(r -> r.name("tick"));
        server.advance(Duration.ofMinutes(30));
        assertThat(received(queue)).hasSize(2);
    }

    @Test
    void anEventIsForwardedToAnotherBusOnce() {
        events.createEventBus(r -> r.name("second"));
        events.createEventBus(r -> r.name("third"));
        String pattern = "{\"source\":[\"my.app\"]}";
        rule("on", pattern, toBus("second"));
        events.putRule(r -> r.name("caught").eventPattern(pattern).eventBusName("second"));
        events.putTargets(r -> r.rule("caught").eventBusName("second").targets(toQueue(), toBus("third")));
        events.putRule(r -> r.name("never").eventPattern(pattern).eventBusName("third"));
        events.putTargets(r -> r.rule("never").eventBusName("third").targets(toQueue()));
        String id = put("my.app", "{}");
        assertThat(bodies(queue)).extracting(event -> event.path("id").asText()).containsExactly(id);
    }

    private static Target toBus(String name) {
        return Target.builder()
                .id("bus-" + name)
                .arn("arn:aws:events:" + TestServer.REGION + ":" + TestServer.ACCOUNT + ":event-bus/" + name)
                .build();
    }

    @Test
    void aLogGroupNeedsAPolicyForBothServices() {
        CloudWatchLogsClient logs = server.client(CloudWatchLogsClient.builder());
        logs.createLogGroup(r -> r.logGroupName("/aws/events/all"));
        String group = "arn:aws:logs:" + TestServer.REGION + ":" + TestServer.ACCOUNT + ":log-group:/aws/events/all";
        rule(
                "r",
                "{\"source\":[\"my.app\"]}",
                Target.builder().id("l").arn(group).build());
        put("my.app", "{\"n\":1}");
        server.settle();
        assertThat(logs.filterLogEvents(r -> r.logGroupName("/aws/events/all")).events())
                .isEmpty();
        logs.putResourcePolicy(r -> r.policyName("events")
                .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":"
                        + "{\"Service\":[\"events.amazonaws.com\",\"delivery.logs.amazonaws.com\"]},"
                        + "\"Action\":[\"logs:CreateLogStream\",\"logs:PutLogEvents\"],\"Resource\":\"" + group
                        + ":*\"}}"));
        put("my.app", "{\"n\":2}");
        server.settle();
        assertThat(logs.filterLogEvents(r -> r.logGroupName("/aws/events/all")).events())
                .extracting(FilteredLogEvent::message)
                .singleElement()
                .satisfies(line -> assertThat(
                                Json.parse(line).path("detail").path("n").asInt())
                        .isEqualTo(2));
    }

    @Test
    void recordedCallsBecomeEventsOnceATrailLogsThem() {
        rule("calls", ALL_MANAGEMENT, toQueue());
        queue("before-the-trail");
        assertThat(received(queue)).isEmpty();
        startTrail();
        queue("after-the-trail");
        assertThat(bodies(queue)).singleElement().satisfies(event -> {
            assertThat(event.path("source").asText()).isEqualTo("aws.sqs");
            assertThat(event.path("detail").path("eventName").asText()).isEqualTo("CreateQueue");
            assertThat(event.path("time").asText())
                    .isEqualTo(event.path("detail").path("eventTime").asText());
        });
    }

    @Test
    void readsReachOnlyRulesThatAskForAll() {
        rule("calls", "{\"detail\":{\"eventName\":[\"ListTopics\"]}}", toQueue());
        startTrail();
        sns.listTopics(r -> {});
        assertThat(received(queue)).isEmpty();
        String arn = events.describeRule(r -> r.name("calls")).arn();
        List<Unheard> unheard = server.belfry().store().read(tx -> Unheard.of(tx, arn));
        assertThat(unheard).extracting(Unheard::event).containsExactly("ListTopics");
        events.putRule(r -> r.name("calls")
                .eventPattern("{\"detail\":{\"eventName\":[\"ListTopics\"]}}")
                .state(RuleState.ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS));
        sns.listTopics(r -> {});
        assertThat(bodies(queue))
                .extracting(event -> event.path("detail").path("eventName").asText())
                .containsExactly("ListTopics");
    }

    @Test
    void alarmsTellOfTheirChanges() {
        CloudWatchClient metrics = server.client(CloudWatchClient.builder());
        metrics.putMetricAlarm(r -> r.alarmName("reads")
                .alarmDescription("a secret was read")
                .namespace("Own")
                .metricName("Reads")
                .statistic(Statistic.SUM)
                .period(60)
                .evaluationPeriods(1)
                .threshold(1.0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD));
        rule("alarms", "{\"source\":[\"aws.cloudwatch\"],\"detail\":{\"state\":{\"value\":[\"ALARM\"]}}}", toQueue());
        metrics.setAlarmState(
                r -> r.alarmName("reads").stateValue(StateValue.ALARM).stateReason("tried"));
        assertThat(bodies(queue)).singleElement().satisfies(event -> {
            assertThat(event.path("detail-type").asText()).isEqualTo("CloudWatch Alarm State Change");
            assertThat(event.path("resources").path(0).asText()).endsWith(":alarm:reads");
            JsonNode detail = event.path("detail");
            assertThat(detail.path("state").path("reason").asText()).isEqualTo("tried");
            assertThat(detail.path("previousState").path("value").asText()).isEqualTo("INSUFFICIENT_DATA");
            JsonNode stat = detail.path("configuration").path("metrics").path(0).path("metricStat");
            assertThat(stat.path("metric").path("name").asText()).isEqualTo("Reads");
            assertThat(stat.path("stat").asText()).isEqualTo("Sum");
        });
    }

    @Test
    void alarmsTellOfTheirConfiguration() {
        CloudWatchClient metrics = server.client(CloudWatchClient.builder());
        rule("alarms", "{\"detail-type\":[\"CloudWatch Alarm Configuration Change\"]}", toQueue());
        MetricDataQuery sum = MetricDataQuery.builder()
                .id("e1")
                .expression("SUM(METRICS())")
                .label("All")
                .build();
        Dimension host = Dimension.builder().name("Host").value("a").build();
        MetricDataQuery in = MetricDataQuery.builder()
                .id("m1")
                .returnData(false)
                .metricStat(s -> s.period(300)
                        .stat("Maximum")
                        .metric(m -> m.namespace("Own").metricName("In").dimensions(host)))
                .build();
        for (double threshold : List.of(10.0, 20.0)) {
            metrics.putMetricAlarm(r -> r.alarmName("traffic")
                    .metrics(sum, in)
                    .evaluationPeriods(1)
                    .threshold(threshold)
                    .treatMissingData("ignore")
                    .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD));
        }
        metrics.deleteAlarms(r -> r.alarmNames("traffic"));
        List<JsonNode> told = bodies(queue);
        assertThat(told)
                .extracting(event -> event.path("detail").path("operation").asText())
                .containsExactly("create", "update", "delete");
        JsonNode update = told.get(1).path("detail");
        assertThat(update.path("state").path("value").asText()).isEqualTo("INSUFFICIENT_DATA");
        assertThat(update.path("previousConfiguration").path("threshold").asDouble())
                .isEqualTo(10);
        JsonNode configuration = update.path("configuration");
        assertThat(configuration.path("threshold").asDouble()).isEqualTo(20);
        assertThat(configuration.path("alarmName").asText()).isEqualTo("traffic");
        assertThat(configuration.path("treatMissingData").asText()).isEqualTo("ignore");
        assertThat(configuration.path("okActions").isArray()).isTrue();
        assertThat(configuration.path("metrics").toString())
                .isEqualTo("[{\"id\":\"e1\",\"expression\":\"SUM(METRICS())\",\"label\":\"All\",\"returnData\":true},"
                        + "{\"id\":\"m1\",\"metricStat\":{\"metric\":{\"namespace\":\"Own\",\"name\":\"In\","
                        + "\"dimensions\":{\"Host\":\"a\"}},\"period\":300,\"stat\":\"Maximum\"},"
                        + "\"returnData\":false}]");
    }

    @Test
    void rulesAreCountedInMetrics() {
        rule("open", "{\"source\":[\"my.app\"]}", toQueue());
        rule(
                "closed",
                "{\"source\":[\"my.app\"]}",
                Target.builder().id("t").arn(arn(queue("closed"))).build());
        put("my.app", "{}");
        put("my.app", "{}");
        server.settle();
        assertThat(sum("open", "MatchedEvents")).isEqualTo(2);
        assertThat(sum("open", "Invocations")).isEqualTo(2);
        assertThat(sum("open", "FailedInvocations")).isZero();
        assertThat(sum("closed", "FailedInvocations")).isEqualTo(2);
    }

    private double sum(String rule, String metric) {
        return server
                .client(CloudWatchClient.builder())
                .getMetricStatistics(r -> r.namespace("AWS/Events")
                        .metricName(metric)
                        .dimensions(
                                Dimension.builder().name("RuleName").value(rule).build())
                        .startTime(TestServer.START)
                        .endTime(TestServer.START.plusSeconds(60))
                        .period(60)
                        .statistics(Statistic.SUM))
                .datapoints()
                .stream()
                .mapToDouble(Datapoint::sum)
                .sum();
    }

    private void startTrail() {
        var s3 = server.s3();
        s3.createBucket(r -> r.bucket("trail-bucket"));
        s3.putBucketPolicy(r -> r.bucket("trail-bucket").policy(BUCKET_POLICY));
        CloudTrailClient trail = server.client(CloudTrailClient.builder());
        trail.createTrail(r -> r.name("watch").s3BucketName("trail-bucket"));
        trail.startLogging(r -> r.name("watch"));
    }
}
