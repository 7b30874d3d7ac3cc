package belfry.tools.setup;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.Belfry;
import belfry.Options;
import belfry.base.Clock;
import belfry.base.Json;
import belfry.tools.Main;
import belfry.tools.Tools;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricFilter;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricTransformation;

/** {@code belfry setup} as it is typed, against the real server. */
class SetupTest {
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:10Z");
    private static final String SECRET = "payroll/db";
    private static final Pattern LINK = Pattern.compile("http://\\S+/_belfry/confirm\\?\\S+");

    private Belfry belfry;
    private SetupClients clients;
    private Account account;
    private String topic;
    private String said = "";

    @BeforeEach
    void start() {
        System.setProperty("aws.accessKeyId", "admin");
        System.setProperty("aws.secretAccessKey", "unused");
        belfry = Belfry.start(Options.development(), Clock.stoppedAt(NOW));
        clients = new SetupClients(belfry.url(), Options.DEFAULT_REGION);
        account = new Account(belfry.url());
        topic = clients.topics().createTopic(r -> r.name("security")).topicArn();
    }

    @AfterEach
    void stop() {
        account.close();
        clients.close();
        belfry.close();
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    private int setup(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("setup", "--topic", topic, "--endpoint", belfry.url().toString()));
        arguments.addAll(List.of(more));
        StringWriter text = new StringWriter();
        int exit = Main.commandLine()
                .setOut(new PrintWriter(text, true))
                .setErr(new PrintWriter(text, true))
                .execute(arguments.toArray(String[]::new));
        said = text.toString();
        return exit;
    }

    private List<MetricFilter> filters() {
        return clients
                .logs()
                .describeMetricFiltersPaginator(r -> r.logGroupName(Account.GROUP))
                .metricFilters()
                .stream()
                .toList();
    }

    private List<MetricAlarm> alarms() {
        return clients.metrics().describeAlarmsPaginator().metricAlarms().stream()
                .toList();
    }

    @Test
    void theSecondRunHasNothingToDo() {
        account.trail();
        assertThat(setup("--dry-run", "--secret", SECRET, "--canary", "old"))
                .as(said)
                .isZero();
        String planned = said;
        assertThat(filters()).isEmpty();
        assertThat(alarms()).isEmpty();

        assertThat(setup("--secret", SECRET, "--canary", "old")).as(said).isZero();
        assertThat(said.lines().filter(line -> line.startsWith("+")))
                .containsExactlyElementsOf(
                        planned.lines().filter(line -> line.startsWith("+")).toList());
        int all = (int) DetectionsTest.detections().count();
        assertThat(filters()).hasSize(all);
        assertThat(alarms())
                .hasSize(all)
                .allSatisfy(alarm -> assertThat(alarm.alarmActions()).containsExactly(topic));
        assertThat(said).contains("Created " + 2 * all + ", changed 0; 0 as they should be.");

        assertThat(setup("--secret", SECRET, "--canary", "old")).as(said).isZero();
        assertThat(said)
                .contains("Nothing to do: " + 2 * all + " as they should be.")
                .doesNotContain("\n+ ");
    }

    @Test
    void theAwsCliShowsThem() throws Exception {
        Tools.require("aws");
        account.trail();
        assertThat(setup("cis")).as(said).isZero();
        String filters = aws(
                "logs",
                "describe-metric-filters",
                "--log-group-name",
                Account.GROUP,
                "--query",
                "metricFilters[?filterName=='belfry-CloudWatch.6'].filterPattern");
        assertThat(filters.strip())
                .isEqualTo("{($.eventName=ConsoleLogin) && ($.errorMessage=\"Failed authentication\")}");
        String alarms = aws(
                "cloudwatch",
                "describe-alarms-for-metric",
                "--namespace",
                "CISBenchmark",
                "--metric-name",
                "FailedSignIns",
                "--query",
                "MetricAlarms[].[AlarmName, AlarmActions[0]]");
        assertThat(alarms.strip()).isEqualTo("belfry-CloudWatch.6\t" + topic);
    }

    private String aws(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("aws", "--output", "text"));
        command.addAll(List.of(arguments));
        Tools.Result result = Tools.run(
                Path.of("."),
                Map.of(
                        "AWS_ENDPOINT_URL", belfry.url().toString(),
                        "AWS_ACCESS_KEY_ID", "admin",
                        "AWS_SECRET_ACCESS_KEY", "unused",
                        "AWS_DEFAULT_REGION", "us-east-1"),
                command.toArray(String[]::new));
        assertThat(result.exit()).as(result.output()).isZero();
        return result.output();
    }

    @Test
    void everyDetectionRaisesItsAlarm() {
        account.trail();
        assertThat(setup("--secret", SECRET, "--canary", "old-backup")).as(said).isZero();
        clients.logs().createLogStream(r -> r.logGroupName(Account.GROUP).logStreamName("records"));
        List<InputLogEvent> events = new ArrayList<>();
        DetectionsTest.detections().forEach(detection -> {
            for (int i = 0; i < detection.alarm().threshold(); i++) {
                events.add(InputLogEvent.builder()
                        .timestamp(NOW.toEpochMilli())
                        .message(detection.fires().toString())
                        .build());
            }
        });
        assertThat(alarms())
                .noneMatch(alarm -> alarm.stateValue() == StateValue.ALARM
                        && alarm.alarmName().contains("SEC"));
        clients.logs()
                .putLogEvents(r ->
                        r.logGroupName(Account.GROUP).logStreamName("records").logEvents(events));
        belfry.pumps().settle();
        assertThat(alarms())
                .allSatisfy(alarm ->
                        assertThat(alarm.stateValue()).as(alarm.alarmName()).isEqualTo(StateValue.ALARM));
    }

    @Test
    void aReadOfTheNamedSecretIsMailed() throws Exception {
        account.trail();
        clients.topics().subscribe(r -> r.topicArn(topic).protocol("email").endpoint("you@example.com"));
        assertThat(setup("secrets", "--secret", SECRET)).as(said).isZero();
        assertThat(said).contains("Not confirmed yet, so not told: you@example.com");
        Matcher link = LINK.matcher(mails("Confirmation").getFirst());
        assertThat(link.find()).isTrue();
        get(URI.create(link.group()));
        assertThat(setup("secrets", "--secret", SECRET)).as(said).isZero();
        assertThat(said).doesNotContain("warning").contains("Nothing to do");

        account.createSecret("other");
        account.createSecret(SECRET);
        account.readSecret("other");
        belfry.pumps().settle();
        assertThat(mails("ALARM")).isEmpty();
        account.readSecret(SECRET);
        belfry.pumps().settle();
        assertThat(mails("ALARM: \"belfry-SEC-01-payroll/db\""))
                .hasSize(1)
                .first()
                .asString()
                .contains("mallory");
    }

    @Test
    void changesAreUndoneAndTheUsersOwnIsKept() {
        account.trail();
        assertThat(setup("keys")).as(said).isZero();
        String own = clients.topics().createTopic(r -> r.name("own")).topicArn();
        clients.metrics()
                .putMetricAlarm(r -> r.alarmName("users-own")
                        .namespace("Belfry/Keys")
                        .metricName("KeyGrants")
                        .statistic("Sum")
                        .period(60)
                        .evaluationPeriods(1)
                        .threshold(1.0)
                        .comparisonOperator("GreaterThanThreshold")
                        .alarmActions(own));
        MetricAlarm users = alarm("users-own");
        MetricAlarm before = alarm("belfry-KMS-04");
        clients.metrics()
                .putMetricAlarm(r -> r.alarmName("belfry-KMS-04")
                        .alarmDescription(before.alarmDescription())
                        .namespace(before.namespace())
                        .metricName(before.metricName())
                        .statistic("Sum")
                        .period(300)
                        .evaluationPeriods(1)
                        .threshold(50.0)
                        .comparisonOperator(before.comparisonOperator())
                        .treatMissingData("notBreaching")
                        .alarmActions(own));
        clients.logs()
                .putMetricFilter(r -> r.logGroupName(Account.GROUP)
                        .filterName("belfry-KMS-03")
                        .filterPattern("matchesNothing")
                        .metricTransformations(MetricTransformation.builder()
                                .metricNamespace("Belfry/Keys")
                                .metricName("KeyPolicyChanges")
                                .metricValue("1")
                                .build()));

        assertThat(setup("keys")).as(said).isZero();
        assertThat(said)
                .contains("~ metric filter belfry-KMS-03", "matchesNothing  →  { ($.eventSource")
                .contains("~ alarm belfry-KMS-04", "50.0 in 300 s  →  Sum GreaterThanOrEqualToThreshold 1.0 in 300 s")
                .contains("Created 0, changed 2; 8 as they should be.");
        assertThat(alarm("belfry-KMS-04").threshold()).isEqualTo(1.0);
        assertThat(alarm("belfry-KMS-04").alarmActions()).containsExactly(own, topic);
        assertThat(alarm("users-own")).isEqualTo(users);
        assertThat(setup("keys")).as(said).isZero();
        assertThat(said).contains("Nothing to do: 10");
    }

    @Test
    void nothingIsWrittenOverWhatSetupDidNotMake() {
        account.trail();
        clients.metrics()
                .putMetricAlarm(r -> r.alarmName("belfry-KMS-02")
                        .namespace("Mine")
                        .metricName("M")
                        .statistic("Sum")
                        .period(60)
                        .evaluationPeriods(1)
                        .threshold(1.0)
                        .comparisonOperator("GreaterThanThreshold"));
        assertThat(setup("keys")).isNotZero();
        assertThat(said).contains("! alarm belfry-KMS-02", "Nothing was changed.");
        assertThat(filters()).isEmpty();
        assertThat(alarms()).hasSize(1);
    }

    @Test
    void itSaysWhatIsMissing() {
        assertThat(setup("keys")).isNotZero();
        assertThat(said).contains("No trail writes into a log group in us-east-1");
        assertThat(setup("keys", "--log-group", "nowhere")).isNotZero();
        assertThat(said).contains("There is no log group nowhere in us-east-1");
        topic = topic.replace("security", "insecurity");
        assertThat(setup("keys")).isNotZero();
        assertThat(said).contains("There is no topic " + topic);
        topic = "security";
        assertThat(setup("keys")).isNotZero();
        assertThat(said).contains("--topic must be a topic's ARN");
        assertThat(setup("keyz")).isNotZero();
        assertThat(said).contains("There is no pack \"keyz\". There are: cis, secrets, keys, trail, identity.");
    }

    @Test
    void aGroupWithoutATrailIsDoubtedAndWhatNeedsOneLeftOut() {
        clients.logs().createLogGroup(r -> r.logGroupName("alone"));
        assertThat(setup("trail", "--log-group", "alone")).as(said).isZero();
        assertThat(said)
                .contains("warning: Nobody is subscribed to " + topic)
                .contains("warning: No trail of this account writes into alone")
                .contains("left out: CT-03 (no trail with that log group is known)");
    }

    private MetricAlarm alarm(String name) {
        return alarms().stream()
                .filter(alarm -> alarm.alarmName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> mails(String subject) throws IOException, InterruptedException {
        belfry.pumps().settle();
        return StreamSupport.stream(
                        Json.parse(get(belfry.url().resolve("/_belfry/mail"))).spliterator(), false)
                .filter(mail -> mail.path("subject").asText().contains(subject))
                .map(mail -> mail.path("text").asText())
                .toList();
    }

    private static String get(URI uri) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
