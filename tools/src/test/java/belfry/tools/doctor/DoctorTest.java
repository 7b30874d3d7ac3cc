package belfry.tools.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.Options;
import belfry.base.Json;
import belfry.tools.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudtrail.model.EventSelector;
import software.amazon.awssdk.services.cloudtrail.model.ReadWriteType;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** {@code belfry doctor} against the real server: each mistake that people make is found, named and mended as it says. */
class DoctorTest {
    private static final String RULE = "SecretReadRule";
    private static final String EVENT_PATTERN = """
            {"source":["aws.secretsmanager"],"detail-type":["AWS API Call via CloudTrail"],
             "detail":{"eventName":["GetSecretValue"]}}""";

    private Watched watched;
    private int exit;

    @BeforeEach
    void start() throws Exception {
        System.setProperty("aws.accessKeyId", "admin");
        System.setProperty("aws.secretAccessKey", "unused");
        watched = new Watched(Options.development());
        watched.setUp();
        watched.confirm();
    }

    @AfterEach
    void stop() {
        watched.close();
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    private String doctor(String... more) {
        return at(watched.belfry.url(), more);
    }

    private String at(URI server, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("doctor", "--endpoint", server.toString(), "--region", "us-east-1"));
        arguments.addAll(List.of(more));
        StringWriter text = new StringWriter();
        exit = Main.commandLine()
                .setOut(new PrintWriter(text, true))
                .setErr(new PrintWriter(text, true))
                .execute(arguments.toArray(String[]::new));
        return text.toString();
    }

    /** What is said of the chain that a test has broken. */
    private AbstractStringAssert<?> broken() {
        watched.belfry.pumps().settle();
        String said = doctor("--secret", Watched.SECRET, "--email", Watched.EMAIL);
        assertThat(exit).as(said).isEqualTo(1);
        return assertThat(said).contains("BROKEN").contains("is not told to " + Watched.EMAIL);
    }

    @Test
    void aWholeChainIsWholeAndNothingIsChanged() {
        watched.read();
        String said = doctor("--secret", Watched.SECRET, "--email", Watched.EMAIL);
        assertThat(said)
                .doesNotContain("BROKEN")
                .contains("The newest read of prod/db was at 2026-03-02T10:00:10Z by admin")
                .contains("That read has arrived in the log group trail-records")
                .contains("Reads are counted by SecretReads")
                .contains("stands in ALARM since")
                .contains("you@example.com (email) is told by the alarm SecretIsRead")
                .contains("The newest mail, \"ALARM: ")
                .contains("A read of prod/db is told to you@example.com, but not while its alarm stands in ALARM");
        assertThat(exit).isZero();
        assertThat(watched.trails.lookupEvents(r -> r.maxResults(50)).events())
                .filteredOn(event -> "false".equals(event.readOnly()))
                .extracting(event -> event.eventName())
                .doesNotContain("SetAlarmState", "PutEventSelectors")
                .contains("CreateTrail");
    }

    @Test
    void aSecretThatIsMissingMarkedOrLocked() {
        assertThat(doctor("--secret", "no-such")).contains("There is no secret no-such in us-east-1");
        assertThat(exit).isEqualTo(1);

        String key = watched.keys.createKey().keyMetadata().keyId();
        watched.secrets.updateSecret(r -> r.secretId(Watched.SECRET).kmsKeyId(key));
        watched.keys.disableKey(r -> r.keyId(key));
        broken().contains("The KMS key of prod/db is disabled").contains("aws kms enable-key --key-id " + key);

        watched.keys.enableKey(r -> r.keyId(key));
        watched.secrets.deleteSecret(r -> r.secretId(Watched.SECRET));
        broken().contains("marked for deletion").contains("aws secretsmanager restore-secret --secret-id prod/db");
    }

    @Test
    void aTrailThatDoesNotLog() {
        watched.trails.stopLogging(r -> r.name(Watched.TRAIL));
        broken().contains("The trail watch is not logging").contains("aws cloudtrail start-logging --name watch");
    }

    @Test
    void noTrailAtAll() {
        watched.trails.deleteTrail(r -> r.name(Watched.TRAIL));
        broken().contains("No trail records").contains("log group trail-records, into which no trail writes");
    }

    @Test
    void selectorsThatLeaveReadsOut() {
        watched.trails.putEventSelectors(r -> r.trailName(Watched.TRAIL)
                .eventSelectors(EventSelector.builder()
                        .readWriteType(ReadWriteType.WRITE_ONLY)
                        .includeManagementEvents(true)
                        .build()));
        broken().contains("leave reads out").contains("\"ReadWriteType\":\"All\"");
    }

    @Test
    void aRoleThatMayNotWriteAndABucketThatRefuses() {
        watched.roles.deleteRolePolicy(r -> r.roleName("to-logs").policyName("write"));
        watched.buckets.deleteBucketPolicy(r -> r.bucket(Watched.BUCKET));
        watched.read();
        watched.belfry.pumps().advanceTo(Watched.NOW.plus(Duration.ofMinutes(10)), false);
        broken().contains("The log group refuses the records of the trail watch")
                .contains("The bucket trail-files refuses the files of the trail watch")
                .contains("aws s3api get-bucket-policy --bucket trail-files");
    }

    @Test
    void aLogGroupThatIsGone() {
        watched.logs.deleteLogGroup(r -> r.logGroupName(Watched.GROUP));
        broken().contains("The log group trail-records, into which the trail writes, does not exist");
    }

    @Test
    void aPatternThatMatchesNothing() {
        watched.filter("{ $.eventName = \"GetSecretsValue\" }");
        broken().contains("The pattern of the filter SecretReads does not match a read")
                .contains("aws logs put-metric-filter --log-group-name trail-records");
    }

    @Test
    void aFilterOnTheWrongLogGroup() {
        watched.logs.deleteMetricFilter(r -> r.logGroupName(Watched.GROUP).filterName("SecretReads"));
        watched.logs.createLogGroup(r -> r.logGroupName("other"));
        watched.filter("other", FilterCheck.PATTERN);
        broken().contains(
                        "SecretReads matches a read, but it hangs on the log group other, into which no trail writes");
    }

    @Test
    void theAverage() {
        watched.alarm(Statistic.AVERAGE);
        broken().contains("A single read does not raise SecretIsRead: its statistic is the Average")
                .contains("it takes the Sum");
    }

    @Test
    void anAlarmOnAnotherMetricOrDimension() {
        watched.alarms.putMetricAlarm(
                watched.alarm().metricName("SecretIsAcessed").build());
        broken().contains("No alarm watches SecurityMetrics/SecretIsAccessed")
                .contains("SecretIsRead watches SecurityMetrics/SecretIsAcessed");

        watched.alarms.putMetricAlarm(watched.alarm()
                .dimensions(Dimension.builder().name("Secret").value("prod/db").build())
                .build());
        broken().contains("with the dimensions Secret=prod/db; a read is counted under (none)");
    }

    @Test
    void aThresholdThatOneReadDoesNotReach() {
        watched.alarms.putMetricAlarm(watched.alarm().threshold(50.0).build());
        String said = doctor("--secret", Watched.SECRET);
        assertThat(said)
                .contains("one read makes Sum 1.0, and its threshold is 50.0 within 5 minutes")
                .contains("A read of prod/db is told to nobody.")
                .contains("a single read is not enough")
                .doesNotContain("BROKEN");
        assertThat(exit).isEqualTo(1);
    }

    @Test
    void actionsThatAreDisabledOrMissing() {
        watched.alarms.disableAlarmActions(r -> r.alarmNames(Watched.ALARM));
        broken().contains("The actions of SecretIsRead are disabled")
                .contains("aws cloudwatch enable-alarm-actions --alarm-names SecretIsRead");

        watched.alarms.putMetricAlarm(
                watched.alarm().alarmActions(List.of()).okActions(watched.topic).build());
        broken().contains("SecretIsRead has no action for ALARM (only for OK)");
    }

    @Test
    void aMuteRule() throws Exception {
        String rule = Json.write(Json.parse("""
                {"Name":"night","Rule":{"Schedule":{"Expression":"0 10 * * *","Duration":"PT20M"}},
                 "MuteTargets":{"AlarmNames":["SecretIsRead"]}}"""));
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> put = http.send(
                    HttpRequest.newBuilder(watched.belfry.url().resolve("/"))
                            .header("Content-Type", "application/x-amz-json-1.0")
                            .header("X-Amz-Target", "GraniteServiceVersion20100801.PutAlarmMuteRule")
                            .header(
                                    "Authorization",
                                    "AWS4-HMAC-SHA256 Credential=admin/20260302/us-east-1/monitoring/aws4_request,"
                                            + " SignedHeaders=host, Signature=0")
                            .POST(HttpRequest.BodyPublishers.ofString(rule))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
        }
        broken().contains("SecretIsRead is muted just now by ")
                .contains("aws cloudwatch delete-alarm-mute-rule --alarm-mute-rule-name night");
    }

    @Test
    void aTopicThatIsGoneOrLetsNobodyIn() {
        watched.topics.setTopicAttributes(r -> r.topicArn(watched.topic)
                .attributeName("Policy")
                .attributeValue("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
                        + "{\"Service\":\"events.amazonaws.com\"},\"Action\":\"sns:Publish\",\"Resource\":\""
                        + watched.topic + "\"}]}"));
        broken().contains("does not let the alarm SecretIsRead publish (cloudwatch.amazonaws.com)")
                .contains("--attribute-name Policy");

        watched.topics.deleteTopic(r -> r.topicArn(watched.topic));
        broken().contains("There is no topic " + watched.topic).contains("aws sns create-topic --name security");
    }

    @Test
    void anAddressThatIsNotSubscribedNotConfirmedOrFiltersAll() {
        watched.topics.setSubscriptionAttributes(r -> r.subscriptionArn(watched.subscription)
                .attributeName("FilterPolicy")
                .attributeValue("{\"severity\":[\"high\"]}"));
        broken().contains("The filter policy of you@example.com drops what the alarm SecretIsRead sends")
                .contains("of which such a message has none");

        watched.topics.setSubscriptionAttributes(r -> r.subscriptionArn(watched.subscription)
                .attributeName("FilterPolicyScope")
                .attributeValue("MessageBody"));
        watched.topics.setSubscriptionAttributes(r -> r.subscriptionArn(watched.subscription)
                .attributeName("FilterPolicy")
                .attributeValue("{\"NewStateValue\":[\"ALARM\"]}"));
        assertThat(doctor("--email", Watched.EMAIL)).contains("is told to you@example.com");
        assertThat(exit).isZero();

        watched.topics.unsubscribe(r -> r.subscriptionArn(watched.subscription));
        broken().contains("you@example.com is not subscribed to")
                .contains("aws sns subscribe --topic-arn " + watched.topic + " --protocol email");

        watched.subscribe();
        broken().contains("you@example.com has not confirmed its subscription").contains("belfry mail");
    }

    @Test
    void aMailServerThatRefusesOrIsAway() throws Exception {
        watched.close();
        try (RefusingSmtp smtp = new RefusingSmtp()) {
            watched = new Watched(Options.read(Map.of("dev", "true", "port", "0", "smtp", smtp.url()), Map.of()));
            watched.setUp();
            watched.subscribe();
            broken().contains("was refused for good: ").contains("No such mailbox here");
        }
        watched.topics.deleteTopic(r -> r.topicArn(watched.topic));
        watched.topics.createTopic(r -> r.name("security"));
        watched.subscribe();
        broken().contains("waits for its next try at ");
    }

    @Test
    void aRuleThatIsDeafToReadsAndOneThatHears() {
        watched.alarms.deleteAlarms(r -> r.alarmNames(Watched.ALARM));
        put(RuleState.ENABLED);
        broken().contains("The rule SecretReadRule is plainly ENABLED and so deaf to calls that only read")
                .contains("--state ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS")
                .contains("The rule SecretReadRule has no target");

        watched.rules.putTargets(r -> r.rule(RULE)
                .targets(Target.builder().id("topic").arn(watched.topic).build()));
        put(RuleState.ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS);
        broken().contains("does not let the rule SecretReadRule publish (events.amazonaws.com)");

        watched.topics.setTopicAttributes(r -> r.topicArn(watched.topic)
                .attributeName("Policy")
                .attributeValue("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
                        + "{\"Service\":\"events.amazonaws.com\"},\"Action\":\"sns:Publish\",\"Resource\":\""
                        + watched.topic + "\"}]}"));
        assertThat(doctor("--email", Watched.EMAIL))
                .contains("you@example.com (email) is told by the rule SecretReadRule");
        assertThat(exit).isZero();

        put(RuleState.DISABLED);
        broken().contains("The rule SecretReadRule is disabled");
    }

    private void put(RuleState state) {
        watched.rules.putRule(r -> r.name(RULE).eventPattern(EVENT_PATTERN).state(state));
    }

    @Test
    void nobodyThere() {
        URI nowhere = URI.create("http://127.0.0.1:9");
        assertThat(at(nowhere)).contains("Nothing answers at http://127.0.0.1:9");
        assertThat(exit).isEqualTo(2);
    }
}
