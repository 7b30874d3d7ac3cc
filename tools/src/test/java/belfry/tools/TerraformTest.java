package belfry.tools;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import belfry.Belfry;
import belfry.Options;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The whole stack by Terraform, as a user keeps it: applied from nothing, silent in both of the tutorial's ways, mended in
 * place, heard, imported, and gone without a trace. Minutes long, but idle: the provider waits for S3 and SQS to settle.
 */
class TerraformTest {
    private static final Path EXAMPLES = Path.of("../examples");
    private static final String MARKER = "TERRAFORM-MARKER-4711";
    private static final Pattern LINK = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/_belfry/confirm\\?[^\\s\"<>]+");
    private static final String NAME = "secret-watch";
    private static final String ALARM = NAME + "-secret-read";
    private static final Set<String> TAGS = Set.of("tags_all");

    @TempDir
    private Path folder;

    private final GreenMail mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private Belfry belfry;
    private Clients aws;

    @BeforeEach
    void start() {
        mails.start();
        belfry = Belfry.start(Options.development()
                .with("smtp", "smtp://127.0.0.1:" + mails.getSmtp().getPort()));
        aws = new Clients(belfry.url());
    }

    @AfterEach
    void stop() {
        aws.close();
        belfry.close();
        mails.stop();
    }

    @Test
    void theStackIsAppliedHeardChangedImportedAndDestroyed() throws Exception {
        Tools.require("python3");
        Terraform terraform = Terraform.init(EXAMPLES.resolve("terraform"), folder, environment("terraform"))
                .with("endpoint", belfry.url().toString())
                .with("email", "watch@example.com")
                .with("reader_access_key", "true");
        // Both ways of staying silent: an average of ones and zeros, and a rule that does not hear of reads.
        terraform
                .with("alarm_statistic", "Average")
                .with("alarm_period", "300")
                .with("direct_rule_state", "ENABLED")
                .with("queue_filter", "{severity=[\"high\"]}");
        terraform.apply();
        terraform.assertConverged();
        confirmTheFirstMail();

        mend(terraform);
        bothPathsTell(terraform);
        tagAndShowTheWholeRecord(terraform);
        importSix(terraform);
        terraform.destroy();
        assertThat(aws.leftovers()).isEmpty();
        assertThat(everyMail()).noneMatch(mail -> mail.contains(MARKER));
    }

    /** The secret's value is in the environment, as one should have it: process lists show arguments. */
    private static Map<String, String> environment(String user) {
        return Map.of(
                "TF_VAR_secret_value", MARKER,
                "AWS_ACCESS_KEY_ID", user,
                "AWS_SECRET_ACCESS_KEY", "unused",
                "AWS_DEFAULT_REGION", "us-east-1",
                "AWS_EC2_METADATA_DISABLED", "true");
    }

    /** Statistic, period, retention, pattern, rule state and filter policy change in place, and nothing else does. */
    private void mend(Terraform terraform) throws Exception {
        terraform
                .with("alarm_statistic", "Sum")
                .with("alarm_period", "60")
                .with("log_retention_days", "30")
                .with("watched_calls", "[\"GetSecretValue\"]")
                .with("direct_rule_state", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS")
                .with("queue_filter", "{}");
        Terraform.Plan plan = terraform.plan();
        Set<String> alarm = Set.of("period", "statistic");
        assertThat(plan.updates())
                .containsOnly(
                        entry("aws_cloudwatch_metric_alarm.this[\"access-keys\"]", alarm),
                        entry("aws_cloudwatch_metric_alarm.this[\"iam-changes\"]", alarm),
                        entry("aws_cloudwatch_metric_alarm.this[\"root-sign-in\"]", alarm),
                        entry("aws_cloudwatch_metric_alarm.this[\"secret-read\"]", alarm),
                        entry("aws_cloudwatch_metric_alarm.this[\"unauthorised-calls\"]", alarm),
                        entry("aws_cloudwatch_log_group.trail", Set.of("retention_in_days")),
                        entry("aws_cloudwatch_log_metric_filter.this[\"secret-read\"]", Set.of("pattern")),
                        entry("aws_cloudwatch_event_rule.direct", Set.of("event_pattern", "state")),
                        entry("aws_sns_topic_subscription.queue", Set.of("filter_policy")));
        assertThat(plan.others()).isEmpty();
        terraform.applyPlan();
        terraform.assertConverged();
    }

    /** A read by boto3 arrives at the address and in the queue, through the alarm and directly. */
    private void bothPathsTell(Terraform terraform) throws Exception {
        // Terraform's own calls may have raised the alarm: let that pass.
        advance(Duration.ofMinutes(5));
        waitUntil("the alarm is quiet", () -> aws.alarmState(ALARM) == StateValue.OK);
        String queue = terraform.output("queue_url");
        aws.receive(queue);
        int before = everyMail().size();

        Tools.Result read = Tools.run(
                EXAMPLES,
                environment("boto-reader"),
                "python3",
                "boto3/access_secret.py",
                "--name",
                terraform.output("secret_name"),
                "--endpoint",
                belfry.url().toString());
        assertThat(read.exit()).as(read.output()).isZero();
        assertThat(read.output()).contains("read 2 of 2");

        String byAlarm = "ALARM: \"" + ALARM + "\" in US East (N. Virginia)";
        waitUntil("both mails have come", () -> {
            List<String> subjects = subjects(before);
            return subjects.contains(byAlarm) && subjects.contains("AWS Notification Message");
        });
        assertThat(mail(before, byAlarm)).contains("user/boto-reader").contains("127.0.0.1");
        assertThat(mail(before, "AWS Notification Message"))
                .contains("arn:aws:iam::123456789012:user/boto-reader called GetSecretValue")
                .contains("for the secret " + terraform.output("secret_name"))
                .contains("from 127.0.0.1 with Boto3/")
                .doesNotContain("eventVersion");
        List<String> messages = new ArrayList<>();
        waitUntil("the queue has both messages", () -> {
            aws.receive(queue).stream().map(Message::body).forEach(messages::add);
            return messages.stream().anyMatch(body -> body.contains("NewStateValue"))
                    && messages.stream().anyMatch(body -> body.contains("boto-reader called GetSecretValue"));
        });
    }

    /** A new tag changes tags, and only tags; without its transformer the direct mail is the record as it is. */
    private void tagAndShowTheWholeRecord(Terraform terraform) throws Exception {
        terraform.with("tags", "{Team=\"blue\"}").with("direct_readable", "false");
        Terraform.Plan plan = terraform.plan();
        assertThat(plan.others()).isEmpty();
        assertThat(plan.updates()).hasSizeGreaterThan(15).containsKey("aws_s3_bucket.trail");
        plan.updates()
                .forEach((address, changed) -> assertThat(changed)
                        .as(address)
                        .isEqualTo(
                                address.equals("aws_cloudwatch_event_target.direct")
                                        ? Set.of("input_transformer")
                                        : TAGS));
        terraform.applyPlan();
        terraform.assertConverged();

        int before = everyMail().size();
        aws.read(terraform.output("secret_name"));
        waitUntil("the record has come", () -> subjects(before).contains("AWS Notification Message"));
        assertThat(mail(before, "AWS Notification Message"))
                .contains("AWS API Call via CloudTrail")
                .contains("eventVersion")
                .contains("userIdentity");
    }

    private void importSix(Terraform terraform) throws Exception {
        Map<String, String> known = Map.of(
                "aws_cloudtrail.this",
                terraform.output("trail_arn"),
                "aws_cloudwatch_log_metric_filter.this[\"secret-read\"]",
                terraform.output("log_group") + ":secret-read",
                "aws_cloudwatch_metric_alarm.this[\"secret-read\"]",
                ALARM,
                "aws_sns_topic.alerts",
                terraform.output("topic_arn"),
                "aws_cloudwatch_event_rule.direct",
                "default/cloudtrail-direct-sns",
                "aws_sqs_queue.alerts",
                terraform.output("queue_url"));
        terraform.forget(List.copyOf(known.keySet()));
        StringBuilder blocks = new StringBuilder();
        known.forEach((address, id) -> blocks.append("import {\n  to = %s\n  id = \"%s\"\n}\n".formatted(address, id)));
        terraform.write("imports.tf", blocks.toString());
        Terraform.Plan plan = terraform.plan();
        assertThat(plan.imports()).isEqualTo(new TreeSet<>(known.keySet()));
        assertThat(plan.updates()).isEmpty();
        assertThat(plan.others()).isEmpty();
        terraform.applyPlan();
        terraform.delete("imports.tf");
    }

    private void confirmTheFirstMail() throws Exception {
        assertThat(mails.waitForIncomingEmail(60_000, 1)).isTrue();
        Matcher link = LINK.matcher(text(mails.getReceivedMessages()[0]));
        assertThat(link.find()).isTrue();
        send(HttpRequest.newBuilder(URI.create(link.group())).build());
    }

    private void advance(Duration by) throws Exception {
        send(HttpRequest.newBuilder(belfry.url().resolve("/_belfry/clock"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"advance\":\"" + by + "\"}"))
                .build());
    }

    private static void send(HttpRequest request) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        }
    }

    private List<String> everyMail() {
        return Arrays.stream(mails.getReceivedMessages())
                .map(TerraformTest::text)
                .toList();
    }

    private static String text(MimeMessage mail) {
        return GreenMailUtil.getWholeMessage(mail).replace("=\r\n", "").replace("=3D", "=");
    }

    /** Of the mails after the first {@code known}. */
    private List<String> subjects(int known) {
        return Arrays.stream(mails.getReceivedMessages())
                .skip(known)
                .map(TerraformTest::subject)
                .toList();
    }

    private String mail(int known, String subject) {
        return Arrays.stream(mails.getReceivedMessages())
                .skip(known)
                .filter(mail -> subject(mail).equals(subject))
                .map(TerraformTest::text)
                .findFirst()
                .orElseThrow();
    }

    private static String subject(MimeMessage mail) {
        try {
            return mail.getSubject();
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void waitUntil(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting until " + what).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
