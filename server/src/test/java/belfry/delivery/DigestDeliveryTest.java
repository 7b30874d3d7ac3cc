package belfry.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.Options;
import belfry.TestServer;
import belfry.api.sns.SetSubscriptionAttributesInput;
import belfry.topics.Decision;
import belfry.topics.Outbox;
import belfry.topics.TopicsHouse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.sns.SnsClient;

/** Digests over restarts, and with a mail server that refuses or is away. */
class DigestDeliveryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Pattern SUBJECT = Pattern.compile("(?m)^Subject: *(.*)$");

    @TempDir
    private Path folder;

    private ScriptedSmtp server;
    private TopicsHouse house;
    private String topic;
    private String subscription;

    @BeforeEach
    void open() throws IOException {
        server = new ScriptedSmtp();
        house = house(server.uri());
        topic = house.topic("alerts");
        subscription = house.subscribeAndConfirm(topic, "ann@example.com");
        digest("PT5M");
    }

    private TopicsHouse house(URI uri) {
        return new TopicsHouse(folder, (store, clock) -> new SmtpTransport(uri, "no-reply@belfry.local", PATIENCE));
    }

    private void digest(String period) {
        var unused = house.sns.setSubscriptionAttributes(
                new SetSubscriptionAttributesInput()
                        .subscriptionArn(subscription)
                        .attributeName("BelfryDigest")
                        .attributeValue(period),
                house.call);
    }

    @AfterEach
    void close() throws IOException {
        house.close();
        server.close();
    }

    /** The server stops, and starts later. */
    private void restart(Duration later) {
        var now = house.clock.now();
        house.close();
        house = house(server.uri());
        house.clock.set(now.plus(later), false);
        house.pumps.advanceTo(now.plus(later), false);
    }

    private void advance(Duration by) {
        house.pumps.advanceTo(house.clock.now().plus(by), false);
    }

    /** The mails after the one that asked to confirm. */
    private List<String> mails() {
        house.pumps.settle();
        return server.accepted().stream().skip(1).toList();
    }

    private List<String> subjects() {
        List<String> subjects = new ArrayList<>();
        for (String mail : mails()) {
            Matcher found = SUBJECT.matcher(mail);
            assertThat(found.find()).isTrue();
            subjects.add(found.group(1).strip());
        }
        return subjects;
    }

    private Decision decision(String messageId) {
        house.pumps.settle();
        return house.store.read(tx -> Outbox.decisions(tx, messageId)).getFirst();
    }

    @Test
    void whatWasGatheredOutlivesARestart() {
        house.publish(topic, "one", "1");
        house.publish(topic, "two", "2");
        restart(Duration.ofMinutes(1));
        house.publish(topic, "three", "3");
        assertThat(subjects()).containsExactly("one");
        restart(Duration.ofHours(3));
        assertThat(subjects()).containsExactly("one", "Digest of 2 messages from alerts");
        restart(Duration.ofHours(3));
        assertThat(subjects()).hasSize(2);
    }

    @Test
    void aDigestThatIsRefusedIsTheEndOfAllInIt() {
        house.publish(topic, "one", "1");
        String two = house.publish(topic, "two", "2");
        String three = house.publish(topic, "three", "3");
        server.script(said -> said.equals(ScriptedSmtp.DOT) ? Optional.of("554 no such thing") : Optional.empty());
        advance(Duration.ofMinutes(5));
        assertThat(List.of(decision(two), decision(three)))
                .allSatisfy(decision -> assertThat(decision)
                        .isInstanceOfSatisfying(
                                Decision.Dead.class,
                                dead -> assertThat(dead.reason()).contains("554 no such thing")));
    }

    @Test
    void aDigestWaitsForItsServerAndIsGivenUpLikeAnyMail() throws IOException {
        house.publish(topic, "one", "1");
        String two = house.publish(topic, "two", "2");
        house.publish(topic, "three", "3");
        house.pumps.settle();
        server.close();
        advance(Duration.ofMinutes(6));
        assertThat(decision(two))
                .isInstanceOfSatisfying(
                        Decision.Gathered.class,
                        gathered -> assertThat(gathered.reason()).startsWith("in the digest "));
        advance(Duration.ofDays(8));
        assertThat(decision(two))
                .isInstanceOfSatisfying(
                        Decision.Dead.class,
                        dead -> assertThat(dead.reason()).startsWith("given up, for it was tried for too long"));
    }

    private static String header(String mail, String name) {
        Matcher found = Pattern.compile("(?m)^" + name + ": *(?:\\R )?(.*)$").matcher(mail);
        assertThat(found.find()).as("header %s", name).isTrue();
        return found.group(1).strip();
    }

    @Test
    void theWholeServerSendsADigestAsAnAnswerToItsAlarm() {
        try (TestServer whole =
                TestServer.start(Options.development().with("smtp", server.uri().toString()))) {
            SnsClient sns = whole.client(SnsClient.builder());
            CloudWatchClient cloudWatch = whole.client(CloudWatchClient.builder());
            String alerts = sns.createTopic(r -> r.name("alerts")).topicArn();
            var unusedSubscription = sns.subscribe(r -> r.topicArn(alerts)
                    .protocol("email")
                    .endpoint("bob@example.com")
                    .attributes(Map.of("BelfryDigest", "PT5M")));
            String asked = whole.belfry()
                    .store()
                    .read(tx -> tx.first("SELECT text FROM outbox", row -> row.text(1)))
                    .orElseThrow();
            var unusedConfirmed =
                    sns.confirmSubscription(r -> r.topicArn(alerts).token(TopicsHouse.token(asked)));
            var unusedAlarm = cloudWatch.putMetricAlarm(r -> r.alarmName("SecretRead")
                    .namespace("Security")
                    .metricName("SecretReads")
                    .statistic(Statistic.SUM)
                    .period(60)
                    .evaluationPeriods(1)
                    .threshold(1.0)
                    .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                    .treatMissingData("ignore")
                    .alarmActions(alerts)
                    .okActions(alerts));
            for (StateValue state : List.of(StateValue.ALARM, StateValue.OK, StateValue.ALARM, StateValue.OK)) {
                var unused = cloudWatch.setAlarmState(
                        r -> r.alarmName("SecretRead").stateValue(state).stateReason("testing"));
                whole.settle();
            }
            int before = server.accepted().size();
            whole.advance(Duration.ofMinutes(5));

            assertThat(server.accepted()).hasSize(before + 1);
            String alarm = server.accepted().get(before - 1);
            String digest = server.accepted().getLast();
            assertThat(header(alarm, "Subject")).isEqualTo("ALARM: \"SecretRead\" in US East (N. Virginia)");
            assertThat(header(digest, "Subject")).isEqualTo("Digest of 3 messages: OK \"SecretRead\"");
            assertThat(header(digest, "In-Reply-To")).isEqualTo(header(alarm, "Message-ID"));
            assertThat(header(digest, "Content-Type")).startsWith("multipart/alternative");
            assertThat(header(digest, "List-Unsubscribe")).contains("/_belfry/unsubscribe?");
        }
    }

    /** Whatever happens in whatever order, each message is in one mail, and none waits longer than the period. */
    @Test
    void eachMessageIsInExactlyOneMail() {
        for (long seed = 1; seed <= 8; seed++) {
            Random random = new Random(seed);
            int before = mails().size();
            int published = 0;
            for (int step = 0; step < 40; step++) {
                int dice = random.nextInt(10);
                if (dice < 6) {
                    house.publish(topic, "seed" + seed + "-message" + published++ + "-end", "text");
                } else if (dice < 9) {
                    advance(Duration.ofSeconds(random.nextInt(200)));
                } else {
                    restart(Duration.ofSeconds(random.nextInt(600)));
                }
            }
            advance(Duration.ofMinutes(11));
            String all = String.join("\n", mails().subList(before, mails().size()));
            for (int i = 0; i < published; i++) {
                // A mail of its own has it as its subject, a digest as a line of its text.
                String name = "seed" + seed + "-message" + i + "-end";
                long own = Pattern.compile("(?m)^Subject: *" + name + "\\s*$")
                        .matcher(all)
                        .results()
                        .count();
                long listed = Pattern.compile("(?m)^\\S+(?: \\S+)?  " + name + "\\s*$")
                        .matcher(all)
                        .results()
                        .count();
                assertThat(own + listed).as("%s", name).isEqualTo(1);
            }
        }
    }
}
