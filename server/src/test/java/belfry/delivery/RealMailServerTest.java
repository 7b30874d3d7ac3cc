package belfry.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import belfry.Options;
import belfry.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * Exim, as Debian ships it, is away for six hours in which alarms fire and resolve. Its queue is run by hand, so its log
 * of receptions tells the order in which the mails came, and its mailboxes what they were. Needs {@code exim4} on the
 * PATH, and root, for Exim works as users of its own.
 */
class RealMailServerTest {
    private static final int STEPS = 36;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> ALARMS = List.of("read", "denied");
    private static final List<String> PEOPLE = List.of("ann", "bob");
    private static final Pattern TOKEN = Pattern.compile("Token=([0-9a-f]+)");
    private static final Pattern RECEIVED = Pattern.compile("(?m)^.* <= .* id=(\\S+).*$");
    private static final Pattern MESSAGE_ID = Pattern.compile("(?m)^Message-ID:\\s+<([^>]+)>");
    private static final Pattern REASON = Pattern.compile("because \"((?:read|denied)-\\d+)\\.");
    private static final String CONFIGURATION = """
        primary_hostname = mail.test
        spool_directory = DIR/spool
        log_file_path = DIR/%slog
        pid_file_path = DIR/exim.pid
        keep_environment =
        acl_smtp_rcpt = all
        queue_only = true
        smtp_accept_queue_per_connection = 0
        begin acl
        all:
          accept
        begin routers
        everybody:
          driver = accept
          transport = file
        begin transports
        file:
          driver = appendfile
          file = DIR/mails/${if eq{$local_part}{ann}{ann}{bob}}
          user = Debian-exim
          group = Debian-exim
        """;

    @TempDir
    private Path folder;

    private int port;
    private @Nullable Process exim;

    @BeforeEach
    void prepare() throws Exception {
        requireExim();
        for (Path each : List.of(
                folder,
                Files.createDirectory(folder.resolve("spool")),
                Files.createDirectory(folder.resolve("mails")))) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        Files.writeString(folder.resolve("exim.conf"), CONFIGURATION.replace("DIR", folder.toString()));
        Files.setPosixFilePermissions(folder.resolve("exim.conf"), PosixFilePermissions.fromString("rw-r--r--"));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    @AfterEach
    void stopExim() throws Exception {
        Process running = exim;
        if (running != null) {
            // Exim's children would go on to serve the connections they have.
            List<ProcessHandle> children = running.descendants().toList();
            running.destroy();
            children.forEach(ProcessHandle::destroyForcibly);
            assertThat(running.waitFor(20, TimeUnit.SECONDS)).isTrue();
            exim = null;
        }
    }

    /** Skips the test where Exim is absent; in CI its absence is a failure. */
    private static void requireExim() {
        boolean there = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "exim4")));
        boolean root = "root".equals(System.getProperty("user.name"));
        if (there && root) {
            return;
        }
        String absent = there ? "exim4 needs root to work as users of its own" : "exim4 is not installed";
        if (System.getenv("BELFRY_REQUIRE_TOOLS") != null) {
            fail(absent);
        }
        abort(absent);
    }

    private Process exim(String... options) throws IOException {
        return new ProcessBuilder(Stream.concat(
                                Stream.of(
                                        "exim4",
                                        "-C",
                                        folder.resolve("exim.conf").toString()),
                                Stream.of(options))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("exim.out").toFile()))
                .start();
    }

    private void startExim() throws IOException {
        exim = exim("-bdf", "-oX", "127.0.0.1." + port);
        waitUntil(this::answers);
        assertThat(answers()).as(read("exim.out")).isTrue();
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.getInputStream().read() == '2';
        } catch (IOException e) {
            return false;
        }
    }

    /** Exim delivers what it has taken. */
    private void emptyQueue() throws Exception {
        Process run = exim("-qff");
        assertThat(run.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(read("exim.out"))
                .isTrue();
        try (Stream<Path> left = Files.list(folder.resolve("spool/input"))) {
            assertThat(left).as(read("mainlog")).isEmpty();
        }
    }

    private static void waitUntil(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private String read(String file) throws IOException {
        Path path = folder.resolve(file);
        return Files.exists(path) ? Files.readString(path, StandardCharsets.UTF_8) : "";
    }

    /** The Message-IDs that Exim took, in that order, repeats included. */
    private List<String> received() throws IOException {
        return RECEIVED.matcher(read("mainlog"))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** A person's mailbox: the reason that each mail gives, by Message-ID. What gives none is left out. */
    private Map<String, String> reasons(String person) throws IOException {
        Map<String, String> reasons = new HashMap<>();
        for (String mail : read("mails/" + person).split("(?m)^From ", -1)) {
            Matcher id = MESSAGE_ID.matcher(mail);
            // Without the soft line breaks of quoted-printable.
            Matcher reason = REASON.matcher(mail.replace("=\r\n", "").replace("=\n", ""));
            if (id.find() && reason.find()) {
                assertThat(reasons.put(id.group(1), reason.group(1)))
                        .as("a mail twice in the mailbox of " + person)
                        .isNull();
            }
        }
        return reasons;
    }

    private static void confirm(TestServer server, SnsClient sns, String topic) {
        List<String> texts = server.belfry()
                .store()
                .read(tx -> tx.query("SELECT text FROM outbox ORDER BY seq", row -> row.text(1)));
        for (String text : texts) {
            Matcher token = TOKEN.matcher(text);
            assertThat(token.find()).isTrue();
            var unused = sns.confirmSubscription(r -> r.topicArn(topic).token(token.group(1)));
        }
    }

    private static void createAlarm(CloudWatchClient alarms, String name, String topic) {
        var unused = alarms.putMetricAlarm(r -> r.alarmName(name)
                .namespace("Security")
                .metricName(name)
                .statistic(Statistic.SUM)
                .period(60)
                .evaluationPeriods(1)
                .threshold(1.0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .treatMissingData("ignore")
                .alarmActions(topic)
                .okActions(topic));
    }

    /** Six hours in which both alarms fire and resolve. */
    private static void pass(TestServer server, CloudWatchClient alarms) {
        for (int step = 0; step < STEPS; step++) {
            StateValue state = step % 2 == 0 ? StateValue.ALARM : StateValue.OK;
            for (String name : ALARMS) {
                String reason = name + "-" + step + ".";
                var unused = alarms.setAlarmState(
                        r -> r.alarmName(name).stateValue(state).stateReason(reason));
            }
            server.advance(Duration.ofMinutes(10));
        }
    }

    @Test
    void afterAnOutageOfSixHoursEveryMailComesInOrderOnce() throws Exception {
        // Exim makes a certificate of its own, which nobody vouches for.
        Options options = Options.development().with("smtp", "smtp://127.0.0.1:" + port + "?verify=no");
        try (TestServer server = TestServer.start(options)) {
            startExim();
            SnsClient sns = server.client(SnsClient.builder());
            CloudWatchClient alarms = server.client(CloudWatchClient.builder());
            String topic = sns.createTopic(r -> r.name("alerts")).topicArn();
            for (String name : PEOPLE) {
                var unused =
                        sns.subscribe(r -> r.topicArn(topic).protocol("email").endpoint(name + "@mail.test"));
            }
            server.settle();
            confirm(server, sns, topic);
            ALARMS.forEach(name -> createAlarm(alarms, name, topic));
            assertThat(received()).as("the confirmations").hasSize(PEOPLE.size());
            stopExim();
            pass(server, alarms);
            assertThat(received()).as("nothing came while Exim was away").hasSize(PEOPLE.size());
            startExim();
            // The wait between tries has grown to ten minutes.
            server.advance(Duration.ofMinutes(10));
            assertThat(received()).doesNotHaveDuplicates().hasSize(PEOPLE.size() * (1 + ALARMS.size() * STEPS));
            stopExim();
        }
        emptyQueue();
        for (String person : PEOPLE) {
            Map<String, String> reasons = reasons(person);
            for (String name : ALARMS) {
                assertThat(received().stream()
                                .map(id -> reasons.getOrDefault(id, ""))
                                .filter(reason -> reason.startsWith(name + "-")))
                        .as("%s in the mailbox of %s", name, person)
                        .containsExactlyElementsOf(IntStream.range(0, STEPS)
                                .mapToObj(step -> name + "-" + step)
                                .toList());
            }
        }
    }
}
