package belfry.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import belfry.Options;
import belfry.TestServer;
import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.CloudTrailException;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.EventCategory;
import software.amazon.awssdk.services.cloudtrail.model.EventSelector;
import software.amazon.awssdk.services.cloudtrail.model.InsightSelector;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class InsightsTest {
    private static final String BUCKET = "logs-bucket";
    private static final String GROUP = "trail";
    private static final String ERRORS = "ApiErrorRateInsight";
    private static final String CALLS = "ApiCallRateInsight";

    private TestServer server;
    private CloudTrailClient trails;
    private CloudWatchLogsClient logs;
    private S3Client s3;
    private SecretsManagerClient secrets;
    private String arn = "";

    @BeforeEach
    void start() {
        server = TestServer.start();
        trails = server.client(CloudTrailClient.builder());
        logs = server.client(CloudWatchLogsClient.builder());
        secrets = server.client(SecretsManagerClient.builder());
        s3 = server.s3();
        TrailBuckets.create(s3, BUCKET);
        logs.createLogGroup(in -> in.logGroupName(GROUP));
        String role = TrailRoles.create(server.client(IamClient.builder()), "trail");
        arn = trails.createTrail(in -> in.name("watch")
                        .s3BucketName(BUCKET)
                        .cloudWatchLogsLogGroupArn("arn:aws:logs:" + TestServer.REGION + ":" + TestServer.ACCOUNT
                                + ":log-group:" + GROUP + ":*")
                        .cloudWatchLogsRoleArn(role))
                .trailARN();
        trails.startLogging(in -> in.name("watch"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void look(String... types) {
        trails.putInsightSelectors(in -> in.trailName(arn).insightSelectors(selectors(types)));
    }

    private static List<InsightSelector> selectors(String... types) {
        return Stream.of(types)
                .map(type -> InsightSelector.builder().insightType(type).build())
                .toList();
    }

    private static void refused(String code, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        CloudTrailException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
    }

    /** A read every hour, each tenth of them of what is not there. */
    private void quietDay() {
        secrets.createSecret(in -> in.name("payroll").secretString("x"));
        for (int hour = 0; hour < 24; hour++) {
            server.advance(Duration.ofHours(1));
            secrets.getSecretValue(in -> in.secretId("payroll"));
            if (hour % 10 == 9) {
                miss(1);
            }
        }
        server.advance(Duration.ofMinutes(1));
    }

    private void miss(int times) {
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> secrets.getSecretValue(in -> in.secretId("guessed")))
                    .isInstanceOf(ResourceNotFoundException.class);
        }
    }

    private List<Event> insights() {
        server.settle();
        return trails.lookupEvents(in -> in.eventCategory(EventCategory.INSIGHT))
                .events();
    }

    private List<JsonNode> inBucket() {
        List<JsonNode> records = new ArrayList<>();
        for (S3Object object :
                s3.listObjectsV2Paginator(in -> in.bucket(BUCKET)).contents()) {
            if (object.key().contains("Insight")) {
                assertThat(object.key())
                        .matches("AWSLogs/(\\d{12})/CloudTrail-Insight/us-east-1/2026/03/03/\\1_CloudTrail-Insight"
                                + "_us-east-1_20260303T\\d{4}Z_\\w{16}\\.json\\.gz");
                byte[] file = s3.getObjectAsBytes(in -> in.bucket(BUCKET).key(object.key()))
                        .asByteArray();
                Json.parse(gunzip(file)).get("Records").forEach(records::add);
            }
        }
        return records;
    }

    private static String gunzip(byte[] file) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(file))) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<JsonNode> inGroup() {
        return logs
                .filterLogEvents(in -> in.logGroupName(GROUP).filterPattern("{ $.eventCategory = \"Insight\" }"))
                .events()
                .stream()
                .map(event -> Json.parse(event.message()))
                .toList();
    }

    private String listeningQueue() {
        SqsClient sqs = server.client(SqsClient.builder());
        String url = sqs.createQueue(in -> in.queueName("insights")).queueUrl();
        String queue = sqs.getQueueAttributes(in -> in.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .getOrDefault(QueueAttributeName.QUEUE_ARN, "");
        sqs.setQueueAttributes(
                in -> in.queueUrl(url).attributes(Map.of(QueueAttributeName.POLICY, """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},
                 "Action":"sqs:SendMessage","Resource":"%s"}}""".formatted(queue))));
        EventBridgeClient events = server.client(EventBridgeClient.builder());
        events.putRule(in -> in.name("insights")
                .eventPattern("{\"source\":[\"aws.cloudtrail\"],\"detail-type\":[\"AWS Insight via CloudTrail\"]}"));
        events.putTargets(in ->
                in.rule("insights").targets(Target.builder().id("q").arn(queue).build()));
        return url;
    }

    @Test
    void aBurstOfErrorsAfterAQuietDayStartsAndEndsAnInsight() {
        look(CALLS, ERRORS);
        String queue = listeningQueue();
        quietDay();
        assertThat(insights()).isEmpty();

        Instant burst = server.clock().now();
        miss(30);
        assertThat(insights()).isEmpty();
        server.advance(Duration.ofMinutes(1));
        assertThat(insights()).singleElement().satisfies(event -> {
            assertThat(event.eventName()).isEqualTo("GetSecretValue");
            assertThat(event.eventSource()).isEqualTo("secretsmanager.amazonaws.com");
            assertThat(event.eventTime()).isEqualTo(burst);
            assertThat(event.username()).isNull();
        });
        JsonNode start = Json.parse(insights().getFirst().cloudTrailEvent());
        requireStart(start, burst);

        miss(12);
        server.advance(Duration.ofMinutes(10));
        assertThat(insights()).hasSize(2);
        JsonNode end = Json.parse(insights().getFirst().cloudTrailEvent());
        requireEnd(end, start);

        assertThat(inGroup()).containsExactly(start, end);
        assertThat(inBucket()).containsExactly(start, end);
        requireHeard(queue, start, end);
        server.advance(Duration.ofDays(1));
        assertThat(insights()).hasSize(2);
    }

    private static void requireStart(JsonNode start, Instant burst) {
        assertThat(start.properties().stream().map(Map.Entry::getKey))
                .containsExactly(
                        "eventVersion",
                        "eventTime",
                        "awsRegion",
                        "eventID",
                        "eventType",
                        "recipientAccountId",
                        "sharedEventID",
                        "insightDetails",
                        "eventCategory");
        assertThat(start.get("eventTime").asText()).isEqualTo(burst.toString());
        assertThat(start.get("eventType").asText()).isEqualTo("AwsCloudTrailInsight");
        assertThat(start.get("eventCategory").asText()).isEqualTo("Insight");
        JsonNode details = start.get("insightDetails");
        assertThat(details.get("state").asText()).isEqualTo("Start");
        assertThat(details.get("insightType").asText()).isEqualTo(ERRORS);
        assertThat(details.get("errorCode").asText()).isEqualTo("ResourceNotFoundException");
        JsonNode statistics = details.get("insightContext").get("statistics");
        assertThat(statistics.at("/insight/average").asDouble()).isEqualTo(30);
        assertThat(statistics.get("baselineDuration").asLong()).isEqualTo(1_441);
        assertThat(statistics.at("/baseline/average").asDouble()).isCloseTo(2.0 / 1_441, within(1e-9));
        assertThat(statistics.has("insightDuration")).isFalse();
        JsonNode who = details.get("insightContext").get("attributions").get(0);
        assertThat(who.get("attribute").asText()).isEqualTo("userIdentityArn");
        assertThat(who.at("/insight/0/value").asText()).endsWith(TestServer.USER);
        assertThat(who.at("/insight/0/average").asDouble()).isEqualTo(30);
        assertThat(who.at("/baseline/0/average").asDouble()).isCloseTo(2.0 / 1_441, within(1e-9));
    }

    private static void requireEnd(JsonNode end, JsonNode start) {
        assertThat(end.get("sharedEventID")).isEqualTo(start.get("sharedEventID"));
        assertThat(end.get("eventID")).isNotEqualTo(start.get("eventID"));
        assertThat(end.get("eventTime").asText())
                .isEqualTo(Instant.parse(start.get("eventTime").asText())
                        .plusSeconds(120)
                        .toString());
        assertThat(end.at("/insightDetails/state").asText()).isEqualTo("End");
        JsonNode statistics = end.at("/insightDetails/insightContext/statistics");
        assertThat(statistics.get("insightDuration").asLong()).isEqualTo(2);
        assertThat(statistics.at("/insight/average").asDouble()).isEqualTo(21);
        assertThat(statistics.get("baseline"))
                .isEqualTo(start.at("/insightDetails/insightContext/statistics/baseline"));
    }

    private void requireHeard(String queue, JsonNode... records) {
        List<JsonNode> heard = server
                .client(SqsClient.builder())
                .receiveMessage(in -> in.queueUrl(queue).maxNumberOfMessages(10))
                .messages()
                .stream()
                .map(message -> Json.parse(message.body()).get("detail"))
                .toList();
        assertThat(heard).containsExactlyInAnyOrder(records);
    }

    @Test
    void aBurstOfWritesIsACallRateInsightAndReadsAreNot() {
        look(CALLS, ERRORS);
        quietDay();
        for (int i = 0; i < 20; i++) {
            secrets.getSecretValue(in -> in.secretId("payroll"));
            String name = "made-" + i;
            secrets.createSecret(in -> in.name(name).secretString("x"));
        }
        server.advance(Duration.ofMinutes(1));
        JsonNode record = Json.parse(insights().getFirst().cloudTrailEvent());
        assertThat(insights()).hasSize(1);
        assertThat(record.at("/insightDetails/insightType").asText()).isEqualTo(CALLS);
        assertThat(record.at("/insightDetails/eventName").asText()).isEqualTo("CreateSecret");
        assertThat(record.at("/insightDetails").has("errorCode")).isFalse();
        assertThat(record.at("/insightDetails/insightContext/attributions/2/insight/0/value")
                        .asText())
                .isEqualTo("null");
        // Insights are no calls.
        assertThat(trails.lookupEvents(in -> in.lookupAttributes(LookupAttribute.builder()
                                .attributeKey(LookupAttributeKey.EVENT_NAME)
                                .attributeValue("CreateSecret")
                                .build()))
                        .events())
                .hasSize(21);
    }

    /** The first burst does not hide the second; what comes every hour for more than a day is usual in the end. */
    @Test
    void burstsAreLearntOnlyAfterADay() {
        look(ERRORS);
        quietDay();
        for (int hour = 0; hour < 24; hour++) {
            miss(12);
            server.advance(Duration.ofHours(1));
        }
        assertThat(insights()).hasSize(48);
        for (int hour = 0; hour < 8; hour++) {
            miss(12);
            server.advance(Duration.ofHours(1));
        }
        int sofar = insights().size();
        miss(12);
        server.advance(Duration.ofHours(1));
        assertThat(insights()).hasSize(sofar);
    }

    @Test
    void onlyWhatIsLookedForIsFoundAndNotInTheFirstHour() {
        look(ERRORS);
        miss(30);
        server.advance(Duration.ofMinutes(10));
        assertThat(insights()).isEmpty();
        look();
        quietDay();
        miss(30);
        server.advance(Duration.ofMinutes(10));
        assertThat(insights()).isEmpty();
    }

    @Test
    void selectorsAreKeptShownAndTakenAway() {
        look(CALLS, ERRORS);
        assertThat(trails.getInsightSelectors(in -> in.trailName("watch")).insightSelectors())
                .extracting(InsightSelector::insightTypeAsString)
                .containsExactly(CALLS, ERRORS);
        assertThat(trails.describeTrails().trailList().getFirst().hasInsightSelectors())
                .isTrue();
        look(ERRORS);
        assertThat(trails.getInsightSelectors(in -> in.trailName(arn)).insightSelectors())
                .extracting(InsightSelector::insightTypeAsString)
                .containsExactly(ERRORS);
        look();
        assertThat(trails.getTrail(in -> in.name("watch")).trail().hasInsightSelectors())
                .isFalse();
        refused("InsightNotEnabledException", () -> trails.getInsightSelectors(in -> in.trailName("watch")));
    }

    @Test
    void whatCannotBeHonouredIsRefused() {
        refused("InvalidInsightSelectorsException", () -> look(CALLS, CALLS));
        refused(
                "InvalidParameterCombinationException",
                () -> trails.putInsightSelectors(in -> in.insightSelectors(selectors(CALLS))));
        trails.putEventSelectors(in -> in.trailName("watch")
                .eventSelectors(EventSelector.builder()
                        .readWriteType("ReadOnly")
                        .includeManagementEvents(true)
                        .build()));
        refused("InvalidInsightSelectorsException", () -> look(CALLS));
        look(ERRORS);
    }

    @Test
    void theBaselineIsAnOption() {
        Options options = Options.development().with("insights-baseline", "PT2H");
        assertThat(options.with("port", "0").insightsBaseline()).isEqualTo(Duration.ofHours(2));
        for (String wrong : Set.of("PT59M", "P8D", "a week")) {
            assertThatThrownBy(() -> options.with("insights-baseline", wrong)).isInstanceOf(Options.Wrong.class);
        }
    }
}
