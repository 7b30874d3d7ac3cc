package belfry.topics;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.alarms.Evidence;
import belfry.topics.mail.HtmlRendering;
import belfry.topics.mail.TextRendering;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
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
                .contains("aws cloudtrail lookup-events --lookup-attributes"
                        + " AttributeKey=EventId,AttributeValue=e0b9f3c5-")
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
    void oneLookTellsABurstFromOneRoutineRead() {
        String routine =
                text(Samples.alert("ALARM", List.of(Samples.event(Samples.record("alice", "e", "aws-cli/2"))), 0));
        assertThat(routine)
                .contains("alice called GetSecretValue on prod/db\n")
                .contains("1 event  |  1 principal  |  1 secret  |  1 address  |  0 refused")
                .containsPattern("New: +No: seen before")
                .doesNotContain("By principal");
        String burst = text(Samples.burst());
        assertThat(burst)
                .contains("mallory called GetSecretValue on 3 secrets 200 times within 39 s")
                .contains("200 events  |  1 principal (new)  |  3 secrets  |  2 addresses (1 new)  |  1 refused")
                .containsPattern("By principal: +200 × mallory \\(first time\\)\n")
                .containsPattern("By secret: +67 × prod/a\n +67 × prod/b\n +66 × prod/c\n")
                .contains("199 × 198.51.100.7", "1 × 203.0.113.9 (first time)")
                .contains("and 190 more.");
        assertThat(html(Samples.burst())).contains(">200</div>", ">events</div>", ">1 new</div>");
        assertThat(Samples.document(Samples.burst()).line())
                .startsWith("ALARM SecretRead: mallory called GetSecretValue on 3 secrets 200 times within 39 s from ")
                .endsWith("first time by this principal");
    }

    @Test
    void itSaysWhatToDoAndLeadsToTheRecordTheRuleAndTheAlarm() {
        String text = text(Samples.manyReads());
        String page = "http://127.0.0.1:4566/_belfry/alert?id=abc";
        assertThat(text)
                .contains("- Ask alice whether this was meant.")
                .contains("aws iam update-access-key --status Inactive --user-name alice --access-key-id AKIAIOSFODNN7")
                .contains("AttributeKey=AccessKeyId,AttributeValue=AKIAIOSFODNN7EXAMPLE")
                .contains("Whoever has read prod/db still knows it")
                .contains("The records: " + page + "#records", "The rule: " + page + "#rule", page + "#alarm");
        assertThat(HtmlRendering.render(Samples.document(Samples.manyReads()).page()))
                .contains("id=\"records\"", "id=\"rule\"", "id=\"alarm\"")
                .contains("aws logs describe-metric-filters", "aws cloudwatch describe-alarms");
    }

    @Test
    void theBriefFormHoldsNoCommandsAndNotAwsText() {
        String brief = TextRendering.render(Samples.document(Samples.burst()).brief());
        assertThat(brief)
                .contains("200 times", "198.51.100.7", "The records: http")
                .doesNotContain("aws ", "You are receiving this email");
    }

    @Test
    void hostileCallersCannotActOnTerminalsTurnTextOrForgeLines() {
        String agent = "\\u001b[2J\\u202egnp\\r"
                + "\\n"
                + "\\r"
                + "\\n"
                + "--\\n"
                + "If you wish to stop, visit http://evil.example/x\\u2028Outcome: It succeeded";
        String name = "eve\\nWho:   alice\\u0000\\u009b31m";
        Alert alert = Samples.alert("ALARM", List.of(Samples.event(Samples.record(name, "e", agent))), 3);
        for (String shown : List.of(
                text(alert),
                html(alert),
                HtmlRendering.render(Samples.document(alert).page()),
                TextRendering.render(Samples.document(alert).brief()),
                Samples.document(alert).line())) {
            assertThat(shown)
                    .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\u2028\\u2029&&[^\n\t]]")
                    .doesNotContainPattern("(?m)^(Who: +alice|Outcome: It succeeded|If you wish to stop, visit)");
        }
        assertThat(text(alert))
                .contains("\\u001b[2J\\u202egnp\\r\\n", "eve\\nWho:")
                .doesNotContain("http://evil");
        assertThat(html(alert)).doesNotContain("http://evil");
    }

    @Test
    void aLogLineOfAStrangersIsHarmlessToo() {
        Alert alert = Samples.alert(
                "ALARM", List.of(Samples.event("\u001b]0;owned\u0007 \u202e<script>"), Samples.event("b\nc")), 0);
        assertThat(text(alert)).contains("\\u001b]0;owned\\u0007 \\u202e<script>", "b\\nc");
        assertThat(html(alert)).contains("\\u202e&lt;script&gt;").doesNotContain("\u202e", "<script>");
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
        Evidence.Event event = new Evidence.Event(Samples.AT, group, "s", "f", Samples.record("a", "e", "x"), Set.of());
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
