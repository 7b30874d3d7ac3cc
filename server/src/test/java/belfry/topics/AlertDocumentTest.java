package belfry.topics;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.topics.mail.HtmlRendering;
import belfry.topics.mail.TextRendering;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an alert's mail and page say. */
class AlertDocumentTest {
    private static String text(Alert alert) {
        return TextRendering.render(Samples.document(alert).mail());
    }

    private static String html(Alert alert) {
        return HtmlRendering.render(Samples.document(alert).mail());
    }

    @Test
    void awsTextComesFirstLetterByLetter() {
        assertThat(text(Samples.manyReads())).startsWith(Samples.AWS_TEXT.strip());
    }

    @Test
    void belowItStandsWhatAwsNeverTells() {
        String below =
                text(Samples.manyReads()).substring(Samples.AWS_TEXT.strip().length());
        assertThat(below)
                .contains("alice called GetSecretValue on prod/db\n")
                .containsPattern("Who: +alice\n +arn:aws:iam::123456789012:user/alice\n")
                .containsPattern("Access key: +AKIAIOSFODNN7EXAMPLE\n")
                .containsPattern("Secret: +arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-Ab12Cd\n")
                .containsPattern("When: +2026-03-02 10:04:08 UTC\n")
                .containsPattern("From: +203\\.0\\.113\\.9\n")
                .containsPattern("With: +aws-cli/2\\.15\\.30 ")
                .containsPattern("Outcome: +It succeeded\n")
                .contains("12 matching events, the newest 10")
                .contains("and 2 more.")
                .contains("http://127.0.0.1:4566/_belfry/alert?id=abc")
                .contains(
                        "aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventId,AttributeValue=e0b9f3c5-")
                .contains("aws logs filter-log-events --log-group-name trail-logs --start-time ");
    }

    @Test
    void theHtmlSaysTheSame() {
        String html = html(Samples.manyReads());
        assertThat(html)
                .contains("SecretRead", "AKIAIOSFODNN7EXAMPLE", "203.0.113.9", "12 matching events", "MetricNamespace")
                .contains("prefers-color-scheme:dark")
                .doesNotContain("<script", "<img", "<link", "@import");
    }

    @Test
    void hostileTextStaysText() {
        String agent = "</td><script>alert(1)</script><a href='http://evil'>";
        String html = html(Samples.alert("ALARM", List.of(Samples.event(Samples.record("<b>eve", "e", agent))), 0));
        assertThat(html)
                .doesNotContain("<script", "<b>eve", "'http://evil'")
                .contains("&lt;script&gt;", "&lt;b&gt;eve");
        String line = html(Samples.alert("ALARM", List.of(Samples.event("<img src=x onerror=y>")), 0));
        assertThat(line).doesNotContain("<img").contains("&lt;img src=x onerror=y&gt;");
    }

    @Test
    void anEventThatIsNoRecordIsShownAsItIs() {
        String text = text(Samples.alert("ALARM", List.of(Samples.event("ERROR disk on fire")), 0));
        assertThat(text)
                .contains("ERROR disk on fire")
                .containsPattern("Log group: +trail-logs\n")
                .doesNotContain("cloudtrail lookup-events")
                .doesNotContain("--filter-pattern");
    }

    @Test
    void aRefusedCallSaysSo() {
        String record = Samples.record("eve", "e", "x")
                .replace("\"readOnly\"", "\"errorCode\":\"AccessDenied\",\"errorMessage\":\"no\",\"readOnly\"");
        assertThat(text(Samples.alert("ALARM", List.of(Samples.event(record)), 0)))
                .containsPattern("Outcome: +Refused: AccessDenied: no\n");
    }

    @Test
    void anAlarmWithoutEventsSaysWhyAndGoodNewsNeedsNone() {
        assertThat(text(Samples.alert("ALARM", List.of(), 0))).contains("No log event led to this state");
        assertThat(text(Samples.alert("OK", List.of(), 0)).strip()).isEqualTo(Samples.AWS_TEXT.strip());
    }

    @Test
    void thePageHoldsTheWholeRecords() {
        String page = HtmlRendering.render(Samples.document(Samples.manyReads()).page());
        assertThat(Pattern.compile("&quot;recipientAccountId&quot;")
                        .matcher(page)
                        .results()
                        .count())
                .isEqualTo(10);
    }

    @Test
    void commandsSurviveTheShell() throws IOException, InterruptedException {
        String group = "it's $(touch x) `y` \"z\"";
        SeenEvent event = new SeenEvent(Samples.AT, group, "s", Samples.record("a", "e", "x"));
        String command = text(Samples.alert("ALARM", List.of(event), 0))
                .lines()
                .filter(line -> line.startsWith("aws logs"))
                .findFirst()
                .orElseThrow();
        Process shell = new ProcessBuilder("sh", "-c", "aws() { printf '%s\\n' \"$@\"; }; " + command).start();
        String words = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(words.lines())
                .containsSequence("--log-group-name", group)
                .containsSequence("--filter-pattern", "{ $.eventName = \"GetSecretValue\" }");
    }
}
