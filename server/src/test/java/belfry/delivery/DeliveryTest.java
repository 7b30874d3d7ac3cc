package belfry.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.topics.Decision;
import belfry.topics.TopicsHouse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The outbox against a mail server that misbehaves in every way; the clock stands still unless moved. */
class DeliveryTest {
    private static final Duration PATIENCE = Duration.ofMillis(400);
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path folder;

    private ScriptedSmtp server;
    private TopicsHouse house;
    private String topic;

    @BeforeEach
    void open() throws IOException {
        server = new ScriptedSmtp();
        house = house(server.uri());
        topic = house.topic("alerts");
    }

    private TopicsHouse house(URI uri) {
        return new TopicsHouse(folder, (store, clock) -> new SmtpTransport(uri, "no-reply@belfry.local", PATIENCE));
    }

    @AfterEach
    void close() throws IOException {
        house.close();
        server.close();
    }

    private void script(String command, String reply) {
        server.script(said -> said.startsWith(command) ? Optional.of(reply) : Optional.empty());
    }

    private void behaveAgain() {
        server.script(said -> Optional.empty());
    }

    private static String header(String message, String name) {
        Matcher found = Pattern.compile("(?m)^" + name + ": *(.*)$").matcher(message);
        assertThat(found.find()).as("header %s", name).isTrue();
        return found.group(1).strip();
    }

    private List<String> subjects() {
        house.pumps.settle();
        return server.accepted().stream().map(mail -> header(mail, "Subject")).toList();
    }

    @Test
    void aConfirmedSubscriberGetsTheMailWithItsHeaders() {
        house.subscribeAndConfirm(topic, "ann@example.com");
        house.publish(topic, "Hello", "The message");
        assertThat(subjects()).containsExactly("AWS Notification - Subscription Confirmation", "Hello");
        String mail = server.accepted().getLast();
        assertThat(header(mail, "To")).isEqualTo("ann@example.com");
        assertThat(header(mail, "From")).isEqualTo("Belfry Notifications <no-reply@belfry.local>");
        assertThat(header(mail, "Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(header(mail, "Message-ID")).matches("<[0-9a-f-]{36}@belfry\\.local>");
        assertThat(mail).contains("List-Unsubscribe: ").contains("The message");
    }

    @Test
    void oneConnectionServesAllThatWaits() throws IOException {
        house.subscribeAndConfirm(topic, "ann@example.com");
        house.pumps.settle();
        int port = server.port();
        server.close();
        for (int i = 0; i < 120; i++) {
            house.publish(topic, "Number " + i, "x");
        }
        house.pumps.settle();
        server = new ScriptedSmtp(port);
        house.advance(Duration.ofMinutes(10));
        assertThat(subjects()).hasSize(120).startsWith("Number 0", "Number 1").endsWith("Number 119");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void aTemporaryRefusalIsTriedAgainWithTheSameMessageId() {
        house.subscribeAndConfirm(topic, "ann@example.com");
        house.pumps.settle();
        script(ScriptedSmtp.DOT, "451 try again later");
        String id = house.publish(topic, "Later", "x");
        house.pumps.settle();
        assertThat(house.decisions(id)).singleElement().isInstanceOfSatisfying(Decision.Retrying.class, retrying -> {
            assertThat(retrying.next()).isEqualTo(house.clock.now().plusSeconds(10));
            assertThat(retrying.reason()).contains("451 try again later");
        });
        behaveAgain();
        house.advance(Duration.ofSeconds(9));
        assertThat(server.accepted()).hasSize(1);
        house.advance(Duration.ofSeconds(1));
        assertThat(house.decisions(id)).singleElement().isInstanceOf(Decision.Sent.class);
        List<String> tries = server.received().subList(1, 3);
        assertThat(tries).map(mail -> header(mail, "Message-ID")).containsOnly(header(tries.getFirst(), "Message-ID"));
    }

    @Test
    void aFinalRefusalIsStoredWithItsReason() {
        house.subscribeAndConfirm(topic, "ann@example.com");
        house.pumps.settle();
        script("RCPT", "550 5.1.1 no such user");
        String id = house.publish(topic, "Lost", "x");
        house.pumps.settle();
        assertThat(house.decisions(id))
                .singleElement()
                .isInstanceOfSatisfying(
                        Decision.Dead.class, dead -> assertThat(dead.reason()).contains("550 5.1.1 no such user"));
        behaveAgain();
        house.publish(topic, "Next", "x");
        assertThat(subjects()).contains("Next").doesNotContain("Lost");
    }

    @Test
    void aRefusedSenderOrLoginBuriesNothing() {
        house.subscribeAndConfirm(topic, "ann@example.com");
        house.pumps.settle();
        script("MAIL", "550 you may not send as that");
        String id = house.publish(topic, "Kept", "x");
        house.pumps.settle();
        assertThat(house.decisions(id)).singleElement().isInstanceOf(Decision.Retrying.class);
        behaveAgain();
        house.advance(Duration.ofMinutes(1));
        assertThat(subjects()).contains("Kept");
    }

    @Test
    void mailsKeepTheirOrderForEachSubscriber() {
        house.subscribeAndConfirm(topic, "ann@example.com");
        house.pumps.settle();
        AtomicInteger tries = new AtomicInteger();
        server.script(said -> said.equals(ScriptedSmtp.DOT) && tries.getAndIncrement() == 0
                ? Optional.of("451 not this one yet")
                : Optional.empty());
        house.publish(topic, "ALARM", "x");
        house.publish(topic, "OK", "x");
        house.pumps.settle();
        assertThat(subjects()).doesNotContain("OK");
        house.advance(Duration.ofSeconds(10));
        assertThat(subjects()).endsWith("ALARM", "OK");
    }

    @Test
    void anotherSubscriberDoesNotWaitBehindOneThatIsPutOff() {
        house.subscribeAndConfirm(topic, "full@example.com");
        house.subscribeAndConfirm(topic, "ann@example.com");
        house.pumps.settle();
        server.accepted().clear();
        script("RCPT TO:<full@", "452 mailbox full");
        house.publish(topic, "News", "x");
        house.pumps.settle();
        assertThat(server.accepted())
                .singleElement()
                .satisfies(mail -> assertThat(header(mail, "To")).isEqualTo("ann@example.com"));
    }

    @Test
    void aServerThatHangsUpAfterTheDotGetsTheSameMailAgain() {
        house.subscribeAndConfirm(topic, "ann@example.com");
        house.pumps.settle();
        script(ScriptedSmtp.DOT, ScriptedSmtp.HANG_UP);
        house.publish(topic, "Maybe", "x");
        house.pumps.settle();
        behaveAgain();
        house.advance(Duration.ofSeconds(10));
        List<String> twice = server.received().subList(1, server.received().size());
        assertThat(twice).hasSize(2);
        assertThat(twice).map(mail -> header(mail, "Message-ID")).containsOnly(header(twice.getFirst(), "Message-ID"));
    }

    @Test
    void aServerThatHangsDoesNotHoldUpPublishing() {
        house.subscribeAndConfirm(topic, "ann@example.com");
        house.pumps.settle();
        script("MAIL", ScriptedSmtp.HANG);
        String first = house.publish(topic, "First", "x");
        String second = house.publish(topic, "Second", "x");
        assertThat(house.decisions(second)).hasSize(1);
        house.pumps.settle();
        assertThat(house.decisions(first)).singleElement().isInstanceOf(Decision.Retrying.class);
        behaveAgain();
        house.advance(Duration.ofMinutes(10));
        assertThat(subjects()).endsWith("First", "Second");
    }

    @Test
    void alertsOutliveAnOutageOfAlmostAWeekAndComeInOrder() throws IOException {
        house.subscribeAndConfirm(topic, "ann@example.com");
        house.pumps.settle();
        int port = server.port();
        server.close();
        for (int day = 1; day <= 6; day++) {
            house.publish(topic, "Day " + day, "x");
            house.advance(DAY);
        }
        server = new ScriptedSmtp(port);
        house.advance(Duration.ofMinutes(10));
        assertThat(subjects()).containsExactly("Day 1", "Day 2", "Day 3", "Day 4", "Day 5", "Day 6");
    }

    @Test
    void afterSevenDaysAMailIsGivenUpAndShown() throws IOException {
        house.subscribeAndConfirm(topic, "ann@example.com");
        house.pumps.settle();
        int port = server.port();
        server.close();
        String old = house.publish(topic, "Too old", "x");
        house.advance(DAY);
        house.publish(topic, "Young enough", "x");
        house.advance(Duration.ofDays(6).plusMinutes(11));
        assertThat(house.decisions(old))
                .singleElement()
                .isInstanceOfSatisfying(
                        Decision.Dead.class,
                        dead -> assertThat(dead.reason()).startsWith("given up").contains("cannot be reached"));
        assertThat(house.get("deliveries", Map.of("state", "Dead")))
                .contains("\"subject\" : \"Too old\"", "\"outcome\" : \"Away\"")
                .doesNotContain("Young enough");
        server = new ScriptedSmtp(port);
        house.advance(Duration.ofMinutes(10));
        assertThat(subjects()).containsExactly("Young enough");
    }

    @Test
    void aRecipientWhoseServerHangsHoldsUpNobodyElse() {
        house.close();
        house = new TopicsHouse(
                folder,
                (store, clock) -> new SmtpTransport(server.uri(), "no-reply@belfry.local", Duration.ofSeconds(30)),
                2,
                Duration.ZERO);
        house.subscribeAndConfirm(topic, "stuck@example.com");
        house.subscribeAndConfirm(topic, "ann@example.com");
        house.pumps.settle();
        script("RCPT TO:<stuck@", ScriptedSmtp.HANG);
        house.publish(topic, "News", "x");
        house.publish(topic, "More", "x");
        // Both come while the other delivery still waits for an answer about the stuck one.
        waitUntil(() -> server.accepted().stream()
                        .filter(mail -> header(mail, "To").equals("ann@example.com"))
                        .count()
                == 3);
        assertThat(server.accepted().stream().map(mail -> header(mail, "Subject")))
                .endsWith("News", "More");
        assertThat(house.pumps.failures()).isEmpty();
    }

    private static void waitUntil(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void anotherServerTakesOverAndTheFirstIsTriedAgainLater() throws IOException {
        ScriptedSmtp second = new ScriptedSmtp();
        List<URI> both = List.of(server.uri(), second.uri());
        house.close();
        house = new TopicsHouse(folder, (store, clock) -> SmtpTransport.to(both, "no-reply@belfry.local", clock));
        house.subscribeAndConfirm(topic, "ann@example.com");
        house.pumps.settle();
        int port = server.port();
        server.close();
        house.publish(topic, "One", "x");
        house.pumps.settle();
        assertThat(second.accepted())
                .singleElement()
                .satisfies(mail -> assertThat(header(mail, "Subject")).isEqualTo("One"));
        server = new ScriptedSmtp(port);
        house.publish(topic, "Two", "x");
        house.pumps.settle();
        assertThat(second.accepted()).hasSize(2);
        house.advance(Duration.ofMinutes(2));
        house.publish(topic, "Three", "x");
        assertThat(subjects()).containsExactly("Three");
        second.close();
    }

    @Test
    void noMoreMailsGoOutThanTheServerIsToGet() {
        house.close();
        URI slow = URI.create(server.uri() + "?perMinute=2");
        house = new TopicsHouse(
                folder,
                (store, clock) -> new SmtpTransport(slow, "no-reply@belfry.local", PATIENCE),
                2,
                SmtpTransport.apart(List.of(slow)));
        for (String name : List.of("a", "b", "c")) {
            house.subscribe(topic, name + "@example.com");
        }
        house.pumps.settle();
        assertThat(server.accepted()).hasSize(1);
        house.advance(Duration.ofSeconds(29));
        assertThat(server.accepted()).hasSize(1);
        house.advance(Duration.ofSeconds(1));
        assertThat(server.accepted()).hasSize(2);
        house.advance(Duration.ofSeconds(30));
        assertThat(server.accepted()).hasSize(3);
    }

    @Test
    void theEnvelopeTellsBouncesWhatTheyAreAbout() {
        house.subscribe(topic, "a+b=c@example.com");
        house.pumps.settle();
        String id = header(server.accepted().getFirst(), "Message-ID").replaceAll("[<>]", "");
        assertThat(server.commands())
                .contains("MAIL FROM:<no-reply@belfry.local> RET=HDRS ENVID=" + id)
                .contains("RCPT TO:<a+b=c@example.com> NOTIFY=FAILURE,DELAY ORCPT=rfc822;a+2Bb+3Dc@example.com");
        house.close();
        house = house(URI.create(server.uri() + "?bounces=none"));
        house.subscribe(topic, "d@example.com");
        house.pumps.settle();
        assertThat(server.commands())
                .anyMatch(said -> said.startsWith("MAIL FROM:<> "))
                .contains("RCPT TO:<d@example.com> NOTIFY=NEVER ORCPT=rfc822;d@example.com");
        house.close();
        house = house(URI.create(server.uri() + "?bounces=ops@example.com"));
        house.subscribe(topic, "e@example.com");
        house.pumps.settle();
        assertThat(server.commands()).anyMatch(said -> said.startsWith("MAIL FROM:<ops@example.com> "));
    }

    @Test
    void whatWaitedForTheServerGoesAsSoonAsItAnswers() throws IOException {
        house.subscribeAndConfirm(topic, "ann@example.com");
        house.subscribeAndConfirm(topic, "bob@example.com");
        house.pumps.settle();
        int port = server.port();
        server.close();
        house.publish(topic, "Early", "x");
        house.advance(Duration.ofHours(1));
        server = new ScriptedSmtp(port);
        String other = house.topic("other");
        house.subscribe(other, "eve@example.com");
        house.pumps.settle();
        assertThat(server.accepted())
                .map(mail -> header(mail, "Subject"))
                .containsExactlyInAnyOrder("AWS Notification - Subscription Confirmation", "Early", "Early");
    }

    @Test
    void aMailThatWasTakenJustBeforeACrashIsRepeatedWithItsMessageId() {
        house.subscribeAndConfirm(topic, "ann@example.com");
        house.publish(topic, "Twice", "x");
        house.pumps.settle();
        // As if the process had died between the server's 250 and the mark.
        house.store.change(tx -> tx.update(
                "UPDATE outbox SET next_at = queued_at, done_at = NULL, state = 'Queued' WHERE subject = 'Twice'"));
        house.close();
        house = house(server.uri());
        assertThat(subjects()).endsWith("Twice", "Twice");
        assertThat(server.accepted())
                .filteredOn(mail -> header(mail, "Subject").equals("Twice"))
                .map(mail -> header(mail, "Message-ID"))
                .hasSize(2)
                .containsOnly(header(server.accepted().getLast(), "Message-ID"));
    }

    @Test
    void loginAndMailGoThroughStartTls() {
        server.offerTls();
        house.close();
        house = house(URI.create("smtp://ann:p%40ss@127.0.0.1:" + server.port() + "?verify=no"));
        house.subscribe(topic, "ann@example.com");
        assertThat(subjects()).hasSize(1);
        assertThat(server.commands()).contains("STARTTLS").anyMatch(said -> said.startsWith("AUTH"));
        assertThat(server.commands().indexOf("STARTTLS"))
                .isLessThan(server.commands()
                        .indexOf(server.commands().stream()
                                .filter(said -> said.startsWith("AUTH"))
                                .findFirst()
                                .orElseThrow()));
    }

    @Test
    void aServerWithACertificateOfNobodysIsNotTrusted() {
        server.offerTls();
        house.subscribe(topic, "ann@example.com");
        house.pumps.settle();
        assertThat(server.accepted()).isEmpty();
        assertThat(server.commands()).contains("STARTTLS").noneMatch(said -> said.startsWith("MAIL"));
    }
}
