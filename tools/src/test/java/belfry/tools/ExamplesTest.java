package belfry.tools;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The examples, run as their readers run them: the unmodified AWS CLI and boto3, a real mail server. */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("../examples");
    private static final String MARKER = "I need three coffees a day to function";
    private static final Pattern LINK = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/_belfry/confirm\\?[^\\s\"<>]+");

    /** The mail comes after some twenty runs of the CLI, each of which may take seconds on a busy machine. */
    private static final int PATIENCE_MS = 600_000;

    private final GreenMail mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private Belfry belfry;

    @BeforeEach
    void start() {
        mails.start();
        belfry = Belfry.start(Options.development()
                .with("smtp", "smtp://127.0.0.1:" + mails.getSmtp().getPort()));
    }

    @AfterEach
    void stop() {
        belfry.close();
        mails.stop();
    }

    private Map<String, String> environment() {
        return new HashMap<>(Map.of(
                "AWS_ENDPOINT_URL", belfry.url().toString(),
                "AWS_ACCESS_KEY_ID", "walker",
                "AWS_SECRET_ACCESS_KEY", "unused",
                "AWS_REGION", "us-east-1",
                "AWS_DEFAULT_REGION", "us-east-1",
                "AWS_EC2_METADATA_DISABLED", "true"));
    }

    @Test
    void theWalkthroughReachesTheMailAndLeavesNothing() throws Exception {
        Tools.require("aws");
        Thread reader = Thread.ofVirtual().start(this::confirmTheFirstMail);
        Map<String, String> environment = environment();
        environment.put("EMAIL", "you@example.com");
        environment.put("PATIENCE", "60");
        Tools.Result result = Tools.run(EXAMPLES.resolve("cli"), environment, "bash", "walkthrough.sh");
        reader.join();
        assertThat(result.exit()).as(result.output()).isZero();
        assertThat(result.output())
                .contains("The secret was read, and the alarm says: OK")
                .contains("matches: 1")
                .contains("the alarm is raised")
                .contains("nothing is left")
                .doesNotContain(MARKER);

        List<String> subjects = new ArrayList<>();
        for (MimeMessage mail : mails.getReceivedMessages()) {
            subjects.add(mail.getSubject());
            assertThat(GreenMailUtil.getWholeMessage(mail)).doesNotContain(MARKER);
        }
        String alarm = "ALARM: \"belfry-walkthrough-alarm\" in US East (N. Virginia)";
        assertThat(subjects).containsExactly("AWS Notification - Subscription Confirmation", alarm, alarm);
        String last = Arrays.stream(mails.getReceivedMessages())
                .reduce((first, second) -> second)
                .map(GreenMailUtil::getWholeMessage)
                .orElseThrow();
        assertThat(last.replace("=\r\n", ""))
                .contains("user/walker")
                .contains("GetSecretValue")
                .contains("belfry-walkthrough-secret")
                .contains("127.0.0.1")
                .contains("aws-cli/");
    }

    private void confirmTheFirstMail() {
        assertThat(mails.waitForIncomingEmail(PATIENCE_MS, 1)).isTrue();
        String mail = GreenMailUtil.getWholeMessage(mails.getReceivedMessages()[0]);
        Matcher link = LINK.matcher(mail.replace("=\r\n", "").replace("=3D", "="));
        assertThat(link.find()).as(mail).isTrue();
        try (HttpClient http = HttpClient.newHttpClient()) {
            http.send(HttpRequest.newBuilder(URI.create(link.group())).build(), HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void botoReadsTheSecretTwice() throws Exception {
        Tools.require("aws");
        Tools.require("python3");
        Tools.Result created = Tools.run(
                EXAMPLES,
                environment(),
                "aws",
                "secretsmanager",
                "create-secret",
                "--name",
                "TopSecretInfo",
                "--secret-string",
                MARKER);
        assertThat(created.exit()).as(created.output()).isZero();
        Tools.Result result = Tools.run(
                EXAMPLES,
                environment(),
                "python3",
                "boto3/access_secret.py",
                "--name",
                "TopSecretInfo",
                "--endpoint",
                belfry.url().toString());
        assertThat(result.exit()).as(result.output()).isZero();
        assertThat(result.output())
                .contains("read 1 of 2")
                .contains("read 2 of 2")
                .contains("38 characters")
                .doesNotContain(MARKER);
    }
}
