package belfry;

import static belfry.SecuredServer.allow;
import static org.assertj.core.api.Assertions.assertThat;

import belfry.base.Clock;
import belfry.delivery.Mailbox;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

/**
 * One hour with three quiet reads, a burst of 200 within a minute and a denied read, told in three ways: how many mails
 * come, and after how long by the server's clock. With {@code -Dbelfry.print=true} the clock runs between the calls, and
 * the table and the mails of docs/three-ways-to-be-told.md are written to {@code target/three-ways.txt}.
 */
class ThreeWaysTest {
    private static final boolean PRINT = Boolean.getBoolean("belfry.print");
    private static final Path OUT = Path.of("target", "three-ways.txt");
    private static final int BURST = 200;

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    /** A way's mails, and how long each came after the read that it tells of. */
    private record Told(List<Mailbox.Mail> mails, List<Duration> delays) {
        /** @param reads what the mails tell of, in order */
        static Told of(List<Mailbox.Mail> mails, List<Instant> reads) {
            assertThat(mails).hasSameSizeAs(reads);
            return new Told(
                    mails,
                    IntStream.range(0, reads.size())
                            .mapToObj(i ->
                                    Duration.between(reads.get(i), mails.get(i).receivedAt()))
                            .sorted()
                            .toList());
        }
    }

    @Test
    void oneHourToldInThreeWays() throws IOException, InterruptedException {
        // Clients sign the setting up with the machine's time.
        Clock clock = PRINT ? Clock.system() : Clock.stoppedAt(Clock.system().now());
        try (SecuredServer server = new SecuredServer(folder, clock)) {
            ThreeWays ways = new ThreeWays(server);
            ways.setUp();
            AwsCredentials alice = server.user("alice", allow("secretsmanager:GetSecretValue", "*"));
            AwsCredentials mallory = server.user("mallory");
            Instant hour = clock.now().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(2));

            List<Instant> reads = new ArrayList<>();
            for (String at : List.of("PT2M", "PT20M30S", "PT38M")) {
                reads.add(read(server, hour.plus(Duration.parse(at)), alice, 200));
            }
            List<Instant> alarming = new ArrayList<>(reads);
            List<Instant> filed = new ArrayList<>(reads);
            for (int i = 0; i < BURST; i++) {
                reads.add(read(server, hour.plus(Duration.ofMinutes(41)).plusMillis(i * 300L), alice, 200));
            }
            filed.add(reads.get(3));
            reads.add(read(server, hour.plus(Duration.ofMinutes(59)), mallory, 400));
            alarming.add(reads.getLast());
            filed.add(reads.getLast());
            server.belfry().pumps().advanceTo(hour.plus(Duration.ofMinutes(70)), PRINT);

            // An alarm is a state: what happens while it lasts mails nothing, and it lasts for some 16 minutes after a
            // read, as on AWS, so nobody hears of the burst. A file holds what five minutes brought.
            Told alarm = Told.of(ways.mails("alarm", hour), alarming);
            Told files = Told.of(ways.mails("files", hour), filed);
            Told rule = Told.of(ways.mails("rule", hour), reads);
            assertThat(alarm.mails())
                    .allSatisfy(mail -> assertThat(mail.subject()).startsWith("ALARM: \"SecretRead\""));
            assertThat(rule.mails()).allSatisfy(mail -> assertThat(mail.text()).contains("GetSecretValue"));
            assertThat(rule.mails().getLast().text()).contains("AccessDenied", "mallory");
            assertThat(files.mails())
                    .allSatisfy(mail ->
                            assertThat(mail.text()).contains("s3ObjectKey").doesNotContain("GetSecretValue"));
            assertThat(files.delays())
                    .allSatisfy(delay -> assertThat(delay)
                            .isGreaterThan(alarm.delays().getLast())
                            .isGreaterThan(rule.delays().getLast())
                            .isLessThanOrEqualTo(Duration.ofMinutes(5)));
            if (PRINT) {
                print(alarm, rule, files);
            } else {
                // Nothing waits for a timer.
                assertThat(alarm.delays()).containsOnly(Duration.ZERO);
                assertThat(rule.delays()).containsOnly(Duration.ZERO);
            }
        }
    }

    /** Moves the clock to {@code at} and reads the secret; returns when that was. */
    private Instant read(SecuredServer server, Instant at, AwsCredentials who, int status)
            throws IOException, InterruptedException {
        Clock clock = server.belfry().clock();
        if (at.isAfter(clock.now())) {
            server.belfry().pumps().advanceTo(at, PRINT);
        }
        Instant called = clock.now();
        HttpResponse<String> response = http.send(signed(server, called, who), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        server.belfry().pumps().settle();
        return called;
    }

    /** The SDK's clients sign with the machine's time; this one signs with the server's. */
    private static HttpRequest signed(SecuredServer server, Instant now, AwsCredentials who) {
        String body = "{\"SecretId\":\"" + ThreeWays.SECRET + "\"}";
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(server.belfry().url().resolve("/"))
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .putHeader("X-Amz-Target", "secretsmanager.GetSecretValue")
                .build();
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(r -> r.identity(who)
                        .request(request)
                        .payload(ContentStreamProvider.fromUtf8String(body))
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "secretsmanager")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, TestServer.REGION)
                        .putProperty(HttpSigner.SIGNING_CLOCK, java.time.Clock.fixed(now, ZoneOffset.UTC)))
                .request();
        HttpRequest.Builder sent = HttpRequest.newBuilder(server.belfry().url().resolve("/"))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        signed.forEachHeader((name, values) -> {
            if (!name.equalsIgnoreCase("Host")) {
                values.forEach(value -> sent.header(name, value));
            }
        });
        return sent.build();
    }

    private static void print(Told alarm, Told rule, Told files) throws IOException {
        List<String> lines =
                new ArrayList<>(List.of("| | alarm | EventBridge rule | file notice |", "|---|---:|---:|---:|"));
        lines.add("| mails | %d | %d | %d |"
                .formatted(
                        alarm.mails().size(), rule.mails().size(), files.mails().size()));
        for (String which : List.of("shortest", "median", "longest")) {
            lines.add("| %s delay | %s | %s | %s |"
                    .formatted(which, at(alarm, which), at(rule, which), at(files, which)));
        }
        for (Told told : List.of(alarm, rule, files)) {
            for (Mailbox.Mail mail :
                    List.of(told.mails().getFirst(), told.mails().getLast())) {
                lines.add("--- " + mail.subject() + "\n" + mail.text());
            }
        }
        Files.createDirectories(OUT.getParent());
        Files.write(OUT, lines);
    }

    private static Duration at(Told told, String which) {
        return switch (which) {
            case "shortest" -> told.delays().getFirst();
            case "longest" -> told.delays().getLast();
            default -> told.delays().get(told.delays().size() / 2);
        };
    }
}
