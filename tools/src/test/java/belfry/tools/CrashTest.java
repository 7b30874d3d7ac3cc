package belfry.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * The server is killed again and again in the middle of load. Afterwards every read that was answered is in the event
 * history, and every alarm transition that was answered has its mail.
 */
class CrashTest {
    private static final int KILLS = Boolean.getBoolean("belfry.long") ? 1_000 : 20;
    private static final int READERS = 4;
    private static final Pattern REQUEST_ID = Pattern.compile("\"requestID\":\"([^\"]+)\"");
    private static final Pattern LINK = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/_belfry/confirm\\?[^\\s\"<>]+");

    @TempDir
    private Path dataDir;

    private final GreenMail mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final Set<String> answeredReads = ConcurrentHashMap.newKeySet();
    private final Set<String> answeredTransitions = ConcurrentHashMap.newKeySet();
    private volatile boolean killed;
    private int transition;

    @BeforeEach
    void startMailServer() {
        mails.start();
    }

    @AfterEach
    void stopMailServer() {
        mails.stop();
    }

    private ServerProcess start() throws Exception {
        return ServerProcess.start(
                dataDir,
                "--dev",
                "--smtp",
                "smtp://127.0.0.1:" + mails.getSmtp().getPort());
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(URI url, B builder) {
        return builder.endpointOverride(url)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("crash", "x")))
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @Test
    void whatWasAnsweredIsKept() throws Exception {
        try (ServerProcess server = start()) {
            prepare(server.url());
        }
        // The seed decides only when the kills fall; it is printed by the assertion's description.
        long seed = Long.getLong("belfry.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int kill = 0; kill < KILLS; kill++) {
            loadAndKill(Duration.ofMillis(100 + random.nextInt(400)));
        }
        try (ServerProcess server = start()) {
            assertThat(answeredReads).as("load was carried").hasSizeGreaterThan(KILLS);
            assertThat(recordedReads(server.url())).as("seed %d", seed).containsAll(answeredReads);
            waitUntil(() -> mailedTransitions().containsAll(answeredTransitions));
            assertThat(mailedTransitions()).as("seed %d", seed).containsAll(answeredTransitions);
            assertThat(answeredTransitions).hasSizeGreaterThan(KILLS / 2);
        }
    }

    private void prepare(URI url) throws Exception {
        client(url, SecretsManagerClient.builder())
                .createSecret(r -> r.name("crash").secretString("CRASH-MARKER"));
        SnsClient topics = client(url, SnsClient.builder());
        String topic = topics.createTopic(r -> r.name("crash")).topicArn();
        topics.subscribe(r -> r.topicArn(topic).protocol("email").endpoint("crash@example.com"));
        waitUntil(() -> mails.getReceivedMessages().length > 0);
        confirm(GreenMailUtil.getWholeMessage(mails.getReceivedMessages()[0]));
        client(url, CloudWatchClient.builder())
                .putMetricAlarm(r -> r.alarmName("crash")
                        .namespace("Crash")
                        .metricName("Nothing")
                        .statistic(Statistic.SUM)
                        .period(60)
                        .evaluationPeriods(1)
                        .threshold(1.0)
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                        .treatMissingData("ignore")
                        .alarmActions(topic)
                        .okActions(topic));
    }

    private static void confirm(String mail) throws Exception {
        Matcher link = LINK.matcher(mail.replace("=\r\n", "").replace("=3D", "="));
        assertThat(link.find()).as(mail).isTrue();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(
                                    HttpRequest.newBuilder(URI.create(link.group()))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private void loadAndKill(Duration after) throws Exception {
        killed = false;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                ServerProcess server = start()) {
            for (int i = 0; i < READERS; i++) {
                threads.execute(() -> readUntilKilled(server.url()));
            }
            threads.execute(() -> switchUntilKilled(server.url()));
            // The clients need a moment to get going; from then on the kill may come at any time.
            int reads = answeredReads.size();
            int transitions = answeredTransitions.size();
            waitUntil(() -> answeredReads.size() > reads && answeredTransitions.size() > transitions);
            LockSupport.parkNanos(after.toNanos());
            killed = true;
            server.kill();
        }
    }

    private void readUntilKilled(URI url) {
        try (SecretsManagerClient secrets = client(url, SecretsManagerClient.builder())) {
            while (!killed) {
                answeredReads.add(secrets.getSecretValue(r -> r.secretId("crash"))
                        .responseMetadata()
                        .requestId());
            }
        } catch (SdkException e) {
            // The server was killed in the middle of this call: it was not answered.
        }
    }

    private void switchUntilKilled(URI url) {
        try (CloudWatchClient alarms = client(url, CloudWatchClient.builder())) {
            while (!killed) {
                String reason = "transition-" + transition++ + ".";
                StateValue state = transition % 2 == 0 ? StateValue.OK : StateValue.ALARM;
                StateValue before = alarms.describeAlarms(r -> r.alarmNames("crash"))
                        .metricAlarms()
                        .getFirst()
                        .stateValue();
                alarms.setAlarmState(r -> r.alarmName("crash").stateValue(state).stateReason(reason));
                if (before != state) {
                    answeredTransitions.add(reason);
                }
            }
        } catch (SdkException e) {
            // As above.
        }
    }

    private static Set<String> recordedReads(URI url) {
        Set<String> ids = new HashSet<>();
        try (CloudTrailClient trail = client(url, CloudTrailClient.builder())) {
            trail.lookupEventsPaginator(r -> r.lookupAttributes(List.of(LookupAttribute.builder()
                            .attributeKey(LookupAttributeKey.EVENT_NAME)
                            .attributeValue("GetSecretValue")
                            .build())))
                    .events()
                    .forEach(event -> {
                        Matcher id = REQUEST_ID.matcher(event.cloudTrailEvent());
                        if (id.find()) {
                            ids.add(id.group(1));
                        }
                    });
        }
        return ids;
    }

    private Set<String> mailedTransitions() {
        Set<String> reasons = new HashSet<>();
        Pattern reason = Pattern.compile("transition-\\d+\\.");
        for (var mail : mails.getReceivedMessages()) {
            Matcher matcher = reason.matcher(GreenMailUtil.getBody(mail).replace("=\r\n", ""));
            while (matcher.find()) {
                reasons.add(matcher.group());
            }
        }
        return reasons;
    }

    private static void waitUntil(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
