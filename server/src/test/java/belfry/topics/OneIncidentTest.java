package belfry.topics;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.Options;
import belfry.TestServer;
import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricTransformation;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * One incident, a burst of reads by a stranger, from the log to everywhere that people read: each place tells who, what,
 * when and from where. With {@code -Dbelfry.incident.write=FOLDER} it writes what each was told, for docs/alerts.md.
 */
class OneIncidentTest {
    private static final String GROUP = "trail-logs";

    private final WebReceiver receiver = new WebReceiver();
    private TestServer server;
    private SnsClient sns;
    private String topic;

    @BeforeEach
    void start() {
        server = TestServer.start(Options.development()
                .with("public-url", "https://belfry.example.com")
                .with("sms-gateway", receiver.url("/sms").replace("http://", "json+http://user:pw@")));
        sns = server.client(SnsClient.builder());
        topic = sns.createTopic(r -> r.name("security-alerts")).topicArn();
    }

    @AfterEach
    void stop() {
        server.close();
        receiver.close();
    }

    private void subscribe(String protocol, String endpoint, Map<String, String> attributes) {
        var unused = sns.subscribe(
                r -> r.topicArn(topic).protocol(protocol).endpoint(endpoint).attributes(attributes));
        server.settle();
    }

    private JsonNode lastMail() {
        server.settle();
        JsonNode mails = Json.parse(server.get("/_belfry/mail").body());
        return mails.get(mails.size() - 1);
    }

    private void subscribers() {
        subscribe("email", "ann@example.com", Map.of());
        Matcher link = Pattern.compile("/_belfry/confirm\\?\\S+")
                .matcher(lastMail().path("text").textValue());
        assertThat(link.find()).isTrue();
        assertThat(server.get(link.group()).statusCode()).isEqualTo(200);
        for (String form : List.of("slack", "teams", "discord", "pagerduty")) {
            subscribe("http", receiver.url("/" + form + "?routing_key=KEY"), Map.of("WebhookFormat", form));
        }
        subscribe("sms", "+12065550100", Map.of());
    }

    private void alarm(CloudWatchLogsClient logs) {
        var unusedGroup = logs.createLogGroup(r -> r.logGroupName(GROUP));
        var unusedStream = logs.createLogStream(r -> r.logGroupName(GROUP).logStreamName("s"));
        var unusedFilter = logs.putMetricFilter(r -> r.logGroupName(GROUP)
                .filterName("secret-reads")
                .filterPattern("{ $.eventName = \"GetSecretValue\" }")
                .metricTransformations(MetricTransformation.builder()
                        .metricNamespace("Security")
                        .metricName("SecretReads")
                        .metricValue("1")
                        .build()));
        var unusedAlarm = server.client(CloudWatchClient.builder())
                .putMetricAlarm(r -> r.alarmName("SecretReadBurst")
                        .alarmDescription("Somebody reads secrets in bulk")
                        .namespace("Security")
                        .metricName("SecretReads")
                        .statistic(Statistic.SUM)
                        .period(300)
                        .evaluationPeriods(1)
                        .threshold(200.0)
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                        .alarmActions(topic));
    }

    private static String read(Instant at, int number) {
        return """
        {"eventVersion":"1.11","userIdentity":{"type":"IAMUser","principalId":"AIDAMALLORYEXAMPLE01","arn":"arn:aws:iam::123456789012:user/mallory","accountId":"123456789012","accessKeyId":"AKIAIOSFODNN7EXAMPLE","userName":"mallory"},"eventTime":"%s","eventSource":"secretsmanager.amazonaws.com","eventName":"GetSecretValue","awsRegion":"us-east-1","sourceIPAddress":"198.51.100.7","userAgent":"python-requests/2.31","requestParameters":{"secretId":"arn:aws:secretsmanager:us-east-1:123456789012:secret:payroll/db-Qx7Lm2"},"responseElements":null,"requestID":"5d0b7c1e-0000-4000-8000-%012d","eventID":"e0b9f3c5-59b8-4c3b-9e0e-%012d","readOnly":true,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"123456789012","eventCategory":"Management"}\
        """.formatted(at, number, number);
    }

    /** Two hundred reads of one secret within forty seconds; the last crosses the threshold. */
    private void burst() {
        CloudWatchLogsClient logs = server.client(CloudWatchLogsClient.builder());
        alarm(logs);
        server.advance(Duration.ofMinutes(4));
        Instant begin = server.clock().now().minusSeconds(40);
        List<InputLogEvent> events = IntStream.range(0, 200)
                .mapToObj(i -> {
                    Instant at = begin.plusSeconds(i / 5);
                    return InputLogEvent.builder()
                            .timestamp(at.toEpochMilli())
                            .message(read(at, i))
                            .build();
                })
                .toList();
        // Of events written at once, only the first hundred matches are told singly.
        for (int from = 0; from < events.size(); from += 50) {
            List<InputLogEvent> batch = events.subList(from, from + 50);
            var unused = logs.putLogEvents(
                    r -> r.logGroupName(GROUP).logStreamName("s").logEvents(batch));
        }
        server.settle();
    }

    private Map<String, String> told() {
        Map<String, String> told = new LinkedHashMap<>();
        JsonNode mail = lastMail();
        assertThat(mail.path("subject").textValue()).isEqualTo("ALARM: \"SecretReadBurst\" in US East (N. Virginia)");
        told.put("mail.txt", mail.path("text").textValue());
        told.put("mail.html", mail.path("html").textValue());
        for (WebReceiver.Got got : receiver.got()) {
            String name = got.path().substring(1).replaceAll("\\?.*", "");
            told.put(name + ".json", Json.parse(got.body()).toPrettyString());
        }
        return told;
    }

    @Test
    void everyPlaceTellsWhoWhatWhenAndFromWhere() throws IOException {
        subscribers();
        burst();
        Map<String, String> told = told();
        assertThat(told)
                .containsOnlyKeys(
                        "mail.txt",
                        "mail.html",
                        "slack.json",
                        "teams.json",
                        "discord.json",
                        "pagerduty.json",
                        "sms.json");
        write(told);
        told.forEach((place, text) -> {
            // Discord's markup is escaped with backslashes, letter by letter.
            String plain = text.replace("\\", "");
            assertThat(plain)
                    .as(place)
                    .contains("SecretReadBurst", "mallory", "GetSecretValue", "payroll/db", "200 times")
                    .contains("198.51.100.7", "2026-03-02 10:03:59 UTC");
            // A text message has no room for the rest.
            if (!place.equals("sms.json")) {
                assertThat(plain).as(place).contains("python-requests/2.31", "AKIAIOSFODNN7EXAMPLE", "alert?id=");
            }
        });
    }

    private static void write(Map<String, String> told) throws IOException {
        String folder = System.getProperty("belfry.incident.write", "");
        if (!folder.isEmpty()) {
            Path into = Files.createDirectories(Path.of(folder));
            for (Map.Entry<String, String> one : told.entrySet()) {
                Files.writeString(into.resolve(one.getKey()), one.getValue());
            }
        }
    }
}
