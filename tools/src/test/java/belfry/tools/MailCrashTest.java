package belfry.tools;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.tools.DeadlySmtp.Moment;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * The server is killed at each point of its conversation with the mail server, and started again on what it left behind:
 * no mail is lost, and one that comes twice has the same Message-ID, by which a mail reader knows it.
 */
class MailCrashTest {
    private static final Pattern LINK = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/_belfry/confirm\\?[^\\s\"<>]+");
    private static final Pattern MESSAGE_ID = Pattern.compile("(?m)^Message-ID:\\s+(<[^>]+>)");

    @TempDir
    private Path dataDir;

    private DeadlySmtp mails;

    @BeforeEach
    void startMailServer() throws IOException {
        mails = new DeadlySmtp();
    }

    @AfterEach
    void stopMailServer() throws IOException {
        mails.close();
    }

    @Test
    void noMailIsLostWhereverTheServerDies() throws Exception {
        ServerProcess server = start();
        try {
            String topic = subscribed(server.url());
            for (Moment moment : Moment.values()) {
                die(server, topic, moment);
                server.close();
                List<String> before = with(text(moment), mails.accepted());
                assertThat(before).as("taken before it died at %s", moment).hasSize(taken(moment));
                server = start();
                comeBack(server, topic, moment);
            }
        } finally {
            server.close();
        }
    }

    private static String text(Moment moment) {
        return "TEXT-AT-" + moment;
    }

    private ServerProcess start() throws IOException {
        return ServerProcess.start(dataDir, "--dev", "--smtp", mails.uri().toString());
    }

    private static SnsClient topics(URI url) {
        return SnsClient.builder()
                .endpointOverride(url)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("crash", "x")))
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private String subscribed(URI url) throws Exception {
        try (SnsClient topics = topics(url)) {
            String topic = topics.createTopic(r -> r.name("crash")).topicArn();
            topics.subscribe(r -> r.topicArn(topic).protocol("email").endpoint("crash@example.com"));
            waitUntil(() -> !mails.accepted().isEmpty());
            String mail = mails.accepted().getFirst();
            Matcher link = LINK.matcher(mail.replace("=\n", "").replace("=3D", "="));
            assertThat(link.find()).as(mail).isTrue();
            try (HttpClient http = HttpClient.newHttpClient()) {
                HttpRequest confirm =
                        HttpRequest.newBuilder(URI.create(link.group())).build();
                assertThat(http.send(confirm, HttpResponse.BodyHandlers.discarding())
                                .statusCode())
                        .isEqualTo(200);
            }
            return topic;
        }
    }

    private void die(ServerProcess server, String topic, Moment moment) {
        mails.killAt(moment, new Killer(server));
        publishDying(server, topic, text(moment));
        waitUntil(() -> mails.done()
                && (moment != Moment.NEVER
                        || !with(text(moment), mails.accepted()).isEmpty()));
        assertThat(mails.done()).as("%s came", moment).isTrue();
        if (moment == Moment.NEVER) {
            sendLater(server, topic, "NEXT");
        }
        // Only a server that was killed is gone.
        assertThat(server.alive()).isEqualTo(moment == Moment.NEVER);
    }

    private void comeBack(ServerProcess server, String topic, Moment moment) {
        sendLater(server, topic, "LATER-THAN-" + moment);
        String text = text(moment);
        List<String> all = with(text, mails.accepted());
        switch (moment) {
            case MAIL, UNANSWERED, NEVER -> assertThat(all).as("%s", moment).hasSize(1);
            case UNHEARD -> assertThat(all).as("%s", moment).hasSize(2);
            case ANSWERED -> assertThat(all).as("%s", moment).hasSizeBetween(1, 2);
        }
        assertThat(with(text, mails.received()).stream().map(MailCrashTest::id).distinct())
                .as("Message-IDs at %s", moment)
                .hasSize(1);
    }

    /** Mails to one address keep their order: when this one is here, those before it are noted as sent. */
    private void sendLater(ServerProcess server, String topic, String later) {
        publish(server, topic, later);
        waitUntil(() -> !with(later, mails.accepted()).isEmpty());
        assertThat(with(later, mails.accepted())).hasSize(1);
    }

    private static int taken(Moment moment) {
        return switch (moment) {
            case MAIL, UNANSWERED -> 0;
            case UNHEARD, ANSWERED, NEVER -> 1;
        };
    }

    private static void publishDying(ServerProcess server, String topic, String text) {
        try {
            publish(server, topic, text);
        } catch (SdkException e) {
            // It died before it could answer. The mail was under way, so it was kept.
        }
    }

    private static void publish(ServerProcess server, String topic, String text) {
        try (SnsClient topics = topics(server.url())) {
            topics.publish(r -> r.topicArn(topic).message(text));
        }
    }

    private static List<String> with(String text, List<String> mails) {
        return mails.stream()
                .filter(mail -> Pattern.compile(text + "\\b")
                        .matcher(mail.replace("=\n", ""))
                        .find())
                .toList();
    }

    private static String id(String mail) {
        Matcher id = MESSAGE_ID.matcher(mail);
        assertThat(id.find()).as(mail).isTrue();
        return id.group(1);
    }

    private static void waitUntil(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private record Killer(ServerProcess server) implements DeadlySmtp.Weapon {
        @Override
        public void stop() {
            server.stop();
        }

        @Override
        public void kill() {
            server.kill();
        }
    }
}
