package belfry.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.Options;
import belfry.TestServer;
import belfry.base.Clock;
import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.DescribeReplayResponse;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.IllegalStatusException;
import software.amazon.awssdk.services.eventbridge.model.ManagedRuleException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.ReplayDestination;
import software.amazon.awssdk.services.eventbridge.model.ReplayState;
import software.amazon.awssdk.services.eventbridge.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Archives keep what their pattern wants; replays send it again, once, in order, to the rules that are meant. */
class ArchiveTest {
    private static final String BUS = "arn:aws:events:us-east-1:" + TestServer.ACCOUNT + ":event-bus/default";
    private static final String ARCHIVE = "arn:aws:events:us-east-1:" + TestServer.ACCOUNT + ":archive/orders";

    @TempDir
    Path dataDir;

    private final Clock clock = Clock.stoppedAt(TestServer.START);
    private TestServer server = TestServer.start();
    private EventBridgeClient events = server.client(EventBridgeClient.builder());
    private SqsClient sqs = server.client(SqsClient.builder());

    @BeforeEach
    void onDisk() {
        restart();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void restart() {
        server.close();
        Options options = Options.read(Map.of("port", "0", "dev", "true", "data-dir", dataDir.toString()), Map.of());
        server = TestServer.start(options, clock);
        events = server.client(EventBridgeClient.builder());
        sqs = server.client(SqsClient.builder());
    }

    private void archive(String pattern) {
        events.createArchive(r -> r.archiveName("orders").eventSourceArn(BUS).eventPattern(pattern));
    }

    /** A queue that a rule sends to. */
    private void ruleToQueue(String name, String pattern, RuleState state) {
        String url = sqs.createQueue(r -> r.queueName(name)).queueUrl();
        String arn = "arn:aws:sqs:us-east-1:" + TestServer.ACCOUNT + ":" + name;
        String policy = "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
                + "\"events.amazonaws.com\"},\"Action\":\"sqs:SendMessage\",\"Resource\":\"" + arn + "\"}}";
        sqs.setQueueAttributes(r -> r.queueUrl(url).attributes(Map.of(QueueAttributeName.POLICY, policy)));
        events.putRule(r -> r.name(name).eventPattern(pattern).state(state));
        events.putTargets(
                r -> r.rule(name).targets(Target.builder().id("q").arn(arn).build()));
    }

    private List<JsonNode> caught(String name) {
        server.settle();
        String url = sqs.getQueueUrl(r -> r.queueName(name)).queueUrl();
        List<JsonNode> bodies = new ArrayList<>();
        while (true) {
            List<Message> some = sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10))
                    .messages();
            if (some.isEmpty()) {
                return bodies;
            }
            some.forEach(message -> bodies.add(Json.parse(message.body())));
        }
    }

    private void put(String source, Instant time, int number) {
        PutEventsRequestEntry entry = PutEventsRequestEntry.builder()
                .source(source)
                .detailType("order")
                .time(time)
                .detail("{\"n\":" + number + "}")
                .build();
        events.putEvents(r -> r.entries(entry));
    }

    private void replay(String name, String... rules) {
        events.startReplay(r -> r.replayName(name)
                .eventSourceArn(ARCHIVE)
                .eventStartTime(TestServer.START.minus(Duration.ofDays(1)))
                .eventEndTime(TestServer.START.plus(Duration.ofDays(1)))
                .destination(to(rules)));
    }

    private static ReplayDestination to(String... rules) {
        ReplayDestination.Builder to = ReplayDestination.builder().arn(BUS);
        return rules.length == 0 ? to.build() : to.filterArns(rules).build();
    }

    private DescribeReplayResponse described(String name) {
        server.settle();
        return events.describeReplay(r -> r.replayName(name));
    }

    private static List<Integer> numbers(List<JsonNode> all) {
        return all.stream().map(event -> event.path("detail").path("n").asInt()).toList();
    }

    @Test
    void whatWasKeptIsReplayedInTheOrderOfItsTimes() {
        archive("{\"source\":[\"shop\"]}");
        put("shop", TestServer.START.plusSeconds(120), 2);
        put("shop", TestServer.START.plusSeconds(60), 1);
        put("other", TestServer.START, 0);
        put("shop", TestServer.START.plus(Duration.ofDays(2)), 3);
        var kept = events.describeArchive(r -> r.archiveName("orders"));
        assertThat(kept.eventCount()).isEqualTo(3);
        assertThat(kept.sizeBytes()).isGreaterThan(300);
        assertThat(kept.stateAsString()).isEqualTo("ENABLED");
        ruleToQueue("late", "{\"source\":[\"shop\"]}", RuleState.ENABLED);
        replay("again");
        List<JsonNode> caught = caught("late");
        assertThat(numbers(caught)).containsExactly(1, 2);
        assertThat(caught.getFirst().path("replay-name").asText()).isEqualTo("again");
        assertThat(caught.getFirst().path("time").asText()).isEqualTo("2026-03-02T10:01:00Z");
        DescribeReplayResponse done = described("again");
        assertThat(done.state()).isEqualTo(ReplayState.COMPLETED);
        assertThat(done.eventLastReplayedTime()).isEqualTo(TestServer.START.plusSeconds(120));
        assertThat(done.replayEndTime()).isNotNull();
        assertThat(events.describeArchive(r -> r.archiveName("orders")).eventCount())
                .as("a replay is not kept again")
                .isEqualTo(3);
    }

    @Test
    void aReplayReachesTheRulesItIsFor() {
        archive("{\"source\":[\"shop\"]}");
        put("shop", TestServer.START, 1);
        ruleToQueue("meant", "{\"source\":[\"shop\"]}", RuleState.ENABLED);
        ruleToQueue("bystander", "{\"source\":[\"shop\"]}", RuleState.ENABLED);
        replay("one", "arn:aws:events:us-east-1:" + TestServer.ACCOUNT + ":rule/meant");
        assertThat(numbers(caught("meant"))).containsExactly(1);
        assertThat(caught("bystander")).isEmpty();
        assertThat(described("one").destination().filterArns()).hasSize(1);
    }

    @Test
    void aNewRuleIsTriedOnPastReadsOfSecrets() {
        S3Client s3 = server.s3();
        s3.createBucket(r -> r.bucket("trail-bucket"));
        s3.putBucketPolicy(r -> r.bucket("trail-bucket")
                .policy("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
                        + "\"cloudtrail.amazonaws.com\"},\"Action\":[\"s3:GetBucketAcl\",\"s3:PutObject\"],"
                        + "\"Resource\":[\"arn:aws:s3:::trail-bucket\",\"arn:aws:s3:::trail-bucket/*\"]}]}"));
        CloudTrailClient trails = server.client(CloudTrailClient.builder());
        trails.createTrail(r -> r.name("watch").s3BucketName("trail-bucket"));
        trails.startLogging(r -> r.name("watch"));
        archive("{\"source\":[\"aws.secretsmanager\"]}");
        SecretsManagerClient secrets = server.client(SecretsManagerClient.builder());
        secrets.createSecret(r -> r.name("db").secretString("unique-marker-of-this-test"));
        secrets.getSecretValue(r -> r.secretId("db"));
        server.settle();
        String reads = "{\"source\":[\"aws.secretsmanager\"],\"detail\":{\"eventName\":[\"GetSecretValue\"]}}";
        ruleToQueue("tried", reads, RuleState.ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS);
        ruleToQueue("deaf", reads, RuleState.ENABLED);
        replay("lastweek");
        assertThat(caught("tried"))
                .singleElement()
                .satisfies(event -> assertThat(
                                event.path("detail").path("eventName").asText())
                        .isEqualTo("GetSecretValue"));
        assertThat(caught("deaf")).isEmpty();
    }

    @Test
    void aReplayGoesOnAfterARestartAndSendsNothingTwice() {
        archive("{\"source\":[\"shop\"]}");
        IntStream.range(0, 250).forEach(i -> put("shop", TestServer.START.plusSeconds(i % 7), i));
        ruleToQueue("late", "{\"source\":[\"shop\"]}", RuleState.ENABLED);
        replay("again");
        restart();
        restart();
        List<Integer> all = numbers(caught("late"));
        assertThat(all).hasSize(250).doesNotHaveDuplicates();
        assertThat(described("again").state()).isEqualTo(ReplayState.COMPLETED);
    }

    @Test
    void daysOfRetentionAreKept() {
        events.createArchive(r -> r.archiveName("orders").eventSourceArn(BUS).retentionDays(2));
        put("shop", TestServer.START, 1);
        server.advance(Duration.ofDays(1));
        put("shop", TestServer.START, 2);
        server.advance(Duration.ofHours(26));
        assertThat(events.describeArchive(r -> r.archiveName("orders")).eventCount())
                .isEqualTo(1);
        events.updateArchive(r -> r.archiveName("orders").retentionDays(0));
        server.advance(Duration.ofDays(30));
        var kept = events.describeArchive(r -> r.archiveName("orders"));
        assertThat(kept.eventCount()).isEqualTo(1);
        assertThat(kept.retentionDays()).isZero();
    }

    @Test
    void anArchivesRuleIsItsOwn() {
        archive("{\"source\":[\"shop\"]}");
        var rule = events.describeRule(r -> r.name("Events-Archive-orders"));
        assertThat(rule.managedBy()).isEqualTo("prod.vhs.events.aws.internal");
        assertThat(Json.parse(rule.eventPattern()).path("replay-name").toString())
                .isEqualTo("[{\"exists\":false}]");
        assertThatThrownBy(() -> events.disableRule(r -> r.name("Events-Archive-orders")))
                .isInstanceOf(ManagedRuleException.class);
        assertThatThrownBy(() -> events.removeTargets(
                        r -> r.rule("Events-Archive-orders").ids("Events-Archive-orders")))
                .isInstanceOf(ManagedRuleException.class);
        events.updateArchive(r -> r.archiveName("orders").eventPattern("{\"source\":[\"mill\"]}"));
        put("shop", TestServer.START, 1);
        put("mill", TestServer.START, 2);
        assertThat(events.describeArchive(r -> r.archiveName("orders")).eventCount())
                .isEqualTo(1);
        events.deleteArchive(r -> r.archiveName("orders"));
        assertThat(events.listRules(r -> {}).rules()).isEmpty();
    }

    @Test
    void whatIsWrongIsRefusedInTheWordsOfAws() {
        archive("{\"source\":[\"shop\"]}");
        assertThatThrownBy(() -> archive("{\"source\":[\"shop\"]}"))
                .isInstanceOf(ResourceAlreadyExistsException.class)
                .hasMessageContaining("Archive orders already exists.");
        assertThatThrownBy(() ->
                        events.createArchive(r -> r.archiveName("x").eventSourceArn(BUS.replace("default", "none"))))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Event bus none does not exist.");
        assertThatThrownBy(() -> events.describeArchive(r -> r.archiveName("x")))
                .hasMessageContaining("Archive x does not exist.");
        assertThatThrownBy(() -> events.startReplay(r -> r.replayName("r")
                        .eventSourceArn(ARCHIVE + "x")
                        .eventStartTime(TestServer.START)
                        .eventEndTime(TestServer.START.plusSeconds(1))
                        .destination(to())))
                .hasMessageContaining("Parameter EventSourceArn is not valid. Reason: Archive ordersx does not exist.");
        assertThatThrownBy(() -> events.startReplay(r -> r.replayName("r")
                        .eventSourceArn(ARCHIVE)
                        .eventStartTime(TestServer.START)
                        .eventEndTime(TestServer.START)
                        .destination(to())))
                .hasMessageContaining("EventStartTime must be before EventEndTime.");
        events.createEventBus(r -> r.name("side"));
        assertThatThrownBy(() -> events.startReplay(r -> r.replayName("r")
                        .eventSourceArn(ARCHIVE)
                        .eventStartTime(TestServer.START)
                        .eventEndTime(TestServer.START.plusSeconds(1))
                        .destination(d -> d.arn(BUS.replace("default", "side")))))
                .isInstanceOf(EventBridgeException.class)
                .hasMessageContaining("Cross event bus replay is not permitted.");
        replay("done");
        server.settle();
        assertThatThrownBy(() -> replay("done")).hasMessageContaining("Replay done already exists.");
        assertThatThrownBy(() -> events.cancelReplay(r -> r.replayName("done")))
                .isInstanceOf(IllegalStatusException.class);
        assertThatThrownBy(() -> events.listArchives(r -> r.namePrefix("o").state("ENABLED")))
                .hasMessageContaining("At most one filter is allowed for ListArchives.");
        assertThat(events.listReplays(r -> r.eventSourceArn(ARCHIVE)).replays())
                .extracting("replayName")
                .containsExactly("done");
        assertThat(events.listArchives(r -> r.eventSourceArn(BUS)).archives())
                .extracting("archiveName")
                .containsExactly("orders");
    }
}
