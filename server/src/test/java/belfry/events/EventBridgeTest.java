package belfry.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.TestServer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.LimitExceededException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Tag;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** Buses, rules and targets as the AWS SDK sees them. */
class EventBridgeTest {
    private static final String PATTERN = "{\"source\":[\"my.app\"]}";
    private static final String RULES = "arn:aws:events:" + TestServer.REGION + ":" + TestServer.ACCOUNT + ":rule/";
    private static final String QUEUE = "arn:aws:sqs:" + TestServer.REGION + ":" + TestServer.ACCOUNT + ":q";

    private final TestServer server = TestServer.start();
    private final EventBridgeClient events = server.client(EventBridgeClient.builder());

    @AfterEach
    void close() {
        server.close();
    }

    private static Target target(String id) {
        return Target.builder().id(id).arn(QUEUE).build();
    }

    @Test
    void aRuleComesBackAsItWasPut() {
        String arn = events.putRule(r -> r.name("direct")
                        .description("d")
                        .eventPattern(PATTERN)
                        .state(RuleState.ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS)
                        .tags(Tag.builder().key("team").value("sec").build()))
                .ruleArn();
        assertThat(arn).isEqualTo(RULES + "direct");
        var rule = events.describeRule(r -> r.name("direct"));
        assertThat(rule.eventPattern()).isEqualTo(PATTERN);
        assertThat(rule.state()).isEqualTo(RuleState.ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS);
        assertThat(rule.eventBusName()).isEqualTo("default");
        assertThat(rule.description()).isEqualTo("d");
        events.disableRule(r -> r.name("direct"));
        assertThat(events.listRules(r -> r.namePrefix("dir")).rules())
                .singleElement()
                .satisfies(shown -> assertThat(shown.state()).isEqualTo(RuleState.DISABLED));
        assertThat(events.listTagsForResource(r -> r.resourceARN(arn)).tags())
                .containsExactly(Tag.builder().key("team").value("sec").build());
        events.untagResource(r -> r.resourceARN(arn).tagKeys("team"));
        assertThat(events.listTagsForResource(r -> r.resourceARN(arn)).tags()).isEmpty();
    }

    @Test
    void targetsComeBackAsTheyWerePut() {
        events.putRule(r -> r.name("r").eventPattern(PATTERN));
        Target given = Target.builder()
                .id("t")
                .arn(QUEUE)
                .inputTransformer(
                        i -> i.inputPathsMap(Map.of("who", "$.detail.who")).inputTemplate("\"<who>  did it\""))
                .retryPolicy(p -> p.maximumRetryAttempts(3).maximumEventAgeInSeconds(60))
                .deadLetterConfig(d -> d.arn(QUEUE + "-dead"))
                .build();
        var put = events.putTargets(r -> r.rule("r").targets(given));
        assertThat(put.failedEntryCount()).isZero();
        assertThat(events.listTargetsByRule(r -> r.rule("r").limit(100)).targets())
                .containsExactly(given);
        assertThat(events.listRuleNamesByTarget(r -> r.targetArn(QUEUE)).ruleNames())
                .containsExactly("r");
        assertThatThrownBy(() -> events.deleteRule(r -> r.name("r")))
                .hasMessageContaining("Rule can't be deleted since it has targets.");
        assertThat(events.removeTargets(r -> r.rule("r").ids("t")).failedEntryCount())
                .isZero();
        events.deleteRule(r -> r.name("r"));
        assertThatThrownBy(() -> events.describeRule(r -> r.name("r")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Rule r does not exist on EventBus default.");
        events.deleteRule(r -> r.name("r"));
    }

    @Test
    void badTargetsAreRefused() {
        events.putRule(r -> r.name("r").eventPattern(PATTERN));
        assertThatThrownBy(() -> events.putTargets(r -> r.rule("r")
                        .targets(target("1"), target("2"), target("3"), target("4"), target("5"), target("6"))))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("The requested resource exceeds the maximum number allowed.");
        assertThat(events.listTargetsByRule(r -> r.rule("r")).targets()).isEmpty();
        refuses(target("t").toBuilder().input("{}").inputPath("$.detail").build())
                .hasMessageContaining(
                        "Only one of Input, InputPath, or InputTransformer must be provided for target t.");
        refuses(target("t").toBuilder()
                        .inputTransformer(i -> i.inputTemplate("\"<nobody>\""))
                        .build())
                .hasMessageContaining("InputTemplate for target t contains invalid placeholder nobody.");
        refuses(target("t").toBuilder()
                        .inputTransformer(i -> i.inputTemplate("no quotes"))
                        .build())
                .hasMessageContaining("Invalid InputTemplate for target t");
        refuses(target("t").toBuilder()
                        .arn("arn:aws:lambda:us-east-1:000000000000:function:f")
                        .build())
                .hasMessageContaining("'lambda'");
    }

    private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refuses(Target target) {
        return assertThatThrownBy(() -> events.putTargets(r -> r.rule("r").targets(target)))
                .isInstanceOf(EventBridgeException.class);
    }

    @Test
    void badRulesAreRefused() {
        assertThatThrownBy(() -> events.putRule(r -> r.name("r")))
                .hasMessageContaining("Parameter(s) EventPattern or ScheduleExpression must be specified.");
        assertThatThrownBy(() -> events.putRule(r -> r.name("r").eventPattern("{\"source\":\"x\"}")))
                .hasMessageContaining("Event pattern is not valid. Reason: \"source\" must be an object or an array");
        assertThatThrownBy(() ->
                        events.putRule(r -> r.name("r").eventPattern(PATTERN).eventBusName("elsewhere")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Event bus elsewhere does not exist.");
        events.createEventBus(r -> r.name("own"));
        assertThatThrownBy(() -> events.putRule(
                        r -> r.name("r").scheduleExpression("rate(1 minute)").eventBusName("own")))
                .hasMessageContaining("ScheduleExpression is supported only on the default event bus.");
    }

    @Test
    void busesComeAndGo() {
        String arn =
                events.createEventBus(r -> r.name("own").description("mine")).eventBusArn();
        assertThatThrownBy(() -> events.createEventBus(r -> r.name("own")))
                .hasMessageContaining("Event bus own already exists.");
        assertThat(events.listEventBuses(r -> {}).eventBuses())
                .extracting("name")
                .containsExactly("default", "own");
        assertThat(events.putRule(r -> r.name("r").eventPattern(PATTERN).eventBusName(arn))
                        .ruleArn())
                .isEqualTo(RULES + "own/r");
        assertThatThrownBy(() -> events.deleteEventBus(r -> r.name("own"))).hasMessageContaining("since it has rules");
        events.deleteRule(r -> r.name("r").eventBusName("own"));
        events.deleteEventBus(r -> r.name("own"));
        events.deleteEventBus(r -> r.name("own"));
        assertThatThrownBy(() -> events.describeEventBus(r -> r.name("own")))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> events.deleteEventBus(r -> r.name("default")))
                .hasMessageContaining("Cannot delete event bus default.");
    }

    @Test
    void aBusKeepsItsPermissions() {
        events.putPermission(
                r -> r.action("events:PutEvents").principal("111122223333").statementId("one"));
        assertThat(events.describeEventBus(r -> {}).policy())
                .contains("\"Sid\":\"one\"")
                .contains("arn:aws:iam::111122223333:root");
        events.removePermission(r -> r.statementId("one"));
        assertThat(events.describeEventBus(r -> {}).policy()).isNull();
    }

    private static PutEventsRequestEntry entry(@Nullable String source, String detail) {
        return PutEventsRequestEntry.builder()
                .source(source)
                .detailType("t")
                .detail(detail)
                .build();
    }

    @Test
    void entriesOfPutEventsFailOneByOne() {
        var answer = events.putEvents(
                r -> r.entries(entry("my.app", "{}"), entry(null, "{}"), entry("my.app", "{"), entry("aws.ec2", "{}")));
        assertThat(answer.failedEntryCount()).isEqualTo(3);
        List<PutEventsResultEntry> entries = answer.entries();
        assertThat(entries.get(0).eventId()).isNotEmpty();
        assertThat(entries.get(1).errorCode()).isEqualTo("InvalidArgument");
        assertThat(entries.get(1).errorMessage())
                .isEqualTo("Parameter Source is not valid. Reason: Source is a required argument.");
        assertThat(entries.get(2).errorCode()).isEqualTo("MalformedDetail");
        assertThat(entries.get(3).errorCode()).isEqualTo("NotAuthorizedForSourceException");
    }

    @Test
    void aPatternCanBeTried() {
        String event = """
                {"id":"1","account":"1","source":"my.app","time":"2026-03-02T10:00:00Z","region":"us-east-1",
                "resources":[],"detail-type":"t","detail":{"n":3}}""";
        assertThat(events.testEventPattern(r -> r.event(event).eventPattern(PATTERN))
                        .result())
                .isTrue();
        assertThat(events.testEventPattern(r -> r.event(event).eventPattern("{\"source\":[\"other\"]}"))
                        .result())
                .isFalse();
        assertThatThrownBy(() -> events.testEventPattern(r -> r.event("{}").eventPattern(PATTERN)))
                .hasMessageContaining("Parameter Event is not valid.");
    }
}
