package belfry.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.Options;
import belfry.TestServer;
import belfry.base.Json;
import belfry.topics.mail.Document;
import belfry.topics.web.WebhookForm;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;

/** What chat systems, pagers and telephones are told. */
class WebhooksTest {
    private static final String AGENT = "<!channel> *bold* [x](https://evil.example) @everyone <b>";

    private final WebReceiver receiver = new WebReceiver();
    private TestServer server;
    private SnsClient sns;
    private String topic;

    @BeforeEach
    void start() {
        server = TestServer.start(Options.development()
                .with("sms-gateway", receiver.url("/sms").replace("http://", "json+http://user:pw-marker@")));
        sns = server.client(SnsClient.builder());
        topic = sns.createTopic(r -> r.name("alerts")).topicArn();
    }

    @AfterEach
    void stop() {
        server.close();
        receiver.close();
    }

    private static String body(WebhookForm form, Alert alert) {
        Document document = Samples.document(alert).brief();
        return form.body(
                new WebhookForm.About(document, alert.alarmArn(), alert.state(), alert.alarmArn(), alert.at()),
                "https://events.pagerduty.com/v2/enqueue?routing_key=KEY");
    }

    @Test
    void everyFormSaysWhoWhatAndFromWhere() {
        for (WebhookForm form : WebhookForm.values()) {
            String body = body(form, Samples.burst()).replace("\\\\", "");
            assertThat(body)
                    .as(form.name())
                    .contains("SecretRead", "mallory", "GetSecretValue", "198.51.100.7", "200", "alert?id=abc");
        }
    }

    @Test
    void whatACallerSentIsTextInEveryForm() {
        Alert alert = Samples.alert("ALARM", List.of(Samples.event(Samples.record("eve", "e", AGENT))), 0);
        JsonNode slack = Json.parse(body(WebhookForm.SLACK, alert));
        assertThat(slack.path("text").textValue()).doesNotContain("<!");
        assertThat(slack.findValuesAsText("type")).doesNotContain("mrkdwn");
        JsonNode teams = Json.parse(body(WebhookForm.TEAMS, alert));
        assertThat(teams.findValuesAsText("type"))
                .doesNotContain("TextBlock", "FactSet")
                .contains("TextRun");
        JsonNode discord = Json.parse(body(WebhookForm.DISCORD, alert));
        assertThat(discord.path("allowed_mentions").path("parse")).isEmpty();
        assertThat(discord.path("embeds").path(0).path("fields").toString())
                .contains("\\\\*bold\\\\*")
                .doesNotContain("https://evil");
    }

    @Test
    void theFormIsRecognisedByTheHost() {
        assertThat(form("https://hooks.slack.com/services/T/B/x")).contains(WebhookForm.SLACK);
        assertThat(form("https://discord.com/api/webhooks/1/x")).contains(WebhookForm.DISCORD);
        assertThat(form("https://discord.com/api/webhooks/1/x/slack")).contains(WebhookForm.SLACK);
        assertThat(form("https://acme.webhook.office.com/webhookb2/x")).contains(WebhookForm.TEAMS);
        assertThat(form("https://prod-1.westeurope.logic.azure.com:443/workflows/x"))
                .contains(WebhookForm.TEAMS);
        assertThat(form("https://events.pagerduty.com/v2/enqueue?routing_key=k"))
                .contains(WebhookForm.PAGERDUTY);
        assertThat(form("https://events.pagerduty.com/integration/k/enqueue")).isEmpty();
        assertThat(form("https://hooks.slack.com.evil.example/services/x")).isEmpty();
        assertThat(form("https://notdiscord.com/x")).isEmpty();
        assertThat(WebhookForm.of("https", "https://hooks.slack.com/services/x", Map.of("WebhookFormat", "aws")))
                .isEmpty();
    }

    private static java.util.Optional<WebhookForm> form(String endpoint) {
        return WebhookForm.of("https", endpoint, Map.of());
    }

    private String subscribe(String format, String path) {
        return sns.subscribe(r -> r.topicArn(topic)
                        .protocol("http")
                        .endpoint(receiver.url(path))
                        .attributes(Map.of("WebhookFormat", format)))
                .subscriptionArn();
    }

    private void alarm() {
        CloudWatchClient cloudWatch = server.client(CloudWatchClient.builder());
        var unused = cloudWatch.putMetricAlarm(r -> r.alarmName("SecretRead")
                .metricName("Reads")
                .namespace("Security")
                .statistic(Statistic.SUM)
                .period(300)
                .evaluationPeriods(1)
                .threshold(1.0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .alarmActions(topic)
                .okActions(topic));
        for (StateValue state : List.of(StateValue.ALARM, StateValue.OK)) {
            var unusedAnswer = cloudWatch.setAlarmState(
                    r -> r.alarmName("SecretRead").stateValue(state).stateReason("a drill"));
            server.settle();
        }
    }

    @Test
    void pagerDutyOpensAndResolvesOneIncidentInOrder() {
        assertThat(subscribe("pagerduty", "/v2/enqueue?routing_key=KEY123")).startsWith(topic);
        // The alarm's message fails at first: the OK must not overtake it.
        receiver.answers(request -> receiver.got().size() <= 1 ? 503 : 202, Map.of());
        alarm();
        server.advance(Duration.ofMinutes(1));
        List<JsonNode> events =
                receiver.got().stream().map(got -> Json.parse(got.body())).toList();
        assertThat(events)
                .extracting(event -> event.path("event_action").textValue())
                .containsExactly("trigger", "trigger", "resolve");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.path("routing_key").textValue()).isEqualTo("KEY123");
            assertThat(event.path("dedup_key").textValue()).endsWith(":alarm:SecretRead");
        });
        assertThat(receiver.last().header("content-type")).isEqualTo("application/json");
    }

    @Test
    void anEventOfACallBecomesAReadableMessage() {
        subscribe("slack", "/services/x");
        String event = "{\"detail-type\":\"AWS API Call via CloudTrail\",\"time\":\"2026-03-02T10:00:00Z\",\"detail\":"
                + Samples.record("mallory", "e", "curl/8") + "}";
        var unused = sns.publish(r -> r.topicArn(topic).message(event));
        server.settle();
        assertThat(receiver.last().body())
                .contains("mallory called GetSecretValue on prod/db", "203.0.113.9", "AWS API Call via CloudTrail");
    }

    @Test
    void aPagerWithoutAKeyAndUnknownFormsAreRefused() {
        assertThatThrownBy(() -> subscribe("pagerduty", "/v2/enqueue"))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("routing_key");
        assertThatThrownBy(() -> subscribe("irc", "/")).hasMessageContaining("Must be slack, teams");
    }

    @Test
    void textMessagesGoThroughTheGateway() {
        var subscribed = sns.subscribe(r -> r.topicArn(topic).protocol("sms").endpoint("+1 (206) 555-0100"));
        assertThat(subscribed.subscriptionArn()).startsWith(topic);
        String id = sns.publish(r ->
                        r.topicArn(topic).messageStructure("json").message("{\"default\":\"long\",\"sms\":\"short\"}"))
                .messageId();
        server.settle();
        assertThat(Json.parse(receiver.last().body()))
                .isEqualTo(Json.parse(
                        "{\"to\":\"+12065550100\",\"from\":\"\",\"message\":\"short\",\"messageId\":\"" + id + "\"}"));
        assertThat(receiver.last().header("authorization"))
                .isEqualTo("Basic "
                        + Base64.getEncoder().encodeToString("user:pw-marker".getBytes(StandardCharsets.UTF_8)));
        var direct = sns.publish(r -> r.phoneNumber("+4915112345678").message("to you alone"));
        server.settle();
        assertThat(direct.messageId()).isNotEmpty();
        assertThat(receiver.last().body()).contains("+4915112345678", "to you alone");
        alarm();
        assertThatThrownBy(() ->
                        sns.subscribe(r -> r.topicArn(topic).protocol("sms").endpoint("alice")))
                .hasMessageContaining("Invalid parameter: Invalid SMS endpoint: alice");
    }

    @Test
    void twiliosFormIsSpoken() {
        try (TestServer twilio = TestServer.start(Options.development()
                .with("sms-from", "+15005550006")
                .with("sms-gateway", receiver.url("/Messages.json").replace("http://", "twilio+http://AC1:tok@")))) {
            var sent = twilio.client(SnsClient.builder())
                    .publish(r -> r.phoneNumber("+12065550100").message("five & six"));
            twilio.settle();
            assertThat(sent.messageId()).isNotEmpty();
            assertThat(receiver.last().body()).isEqualTo("To=%2B12065550100&From=%2B15005550006&Body=five+%26+six");
            assertThat(receiver.last().header("content-type")).isEqualTo("application/x-www-form-urlencoded");
        }
    }

    @Test
    void withoutAGatewayTextMessagesAreRefused() {
        try (TestServer none = TestServer.start()) {
            assertThatThrownBy(() -> none.client(SnsClient.builder())
                            .publish(r -> r.phoneNumber("+12065550100").message("x")))
                    .hasMessageContaining("--sms-gateway");
        }
    }
}
