package belfry.topics;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Ids;
import belfry.base.Pump;
import belfry.store.Store;
import belfry.store.Tx;
import belfry.topics.mail.HtmlRendering;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes one mail of what a subscription's window has gathered, when it ends. A single message goes as the mail that it
 * would have been, unless a later one has overtaken it. The digest, what it carries and the next window are one
 * transaction.
 */
final class DigestPump implements Pump {
    private static final int BATCH = 20;
    private static final int TOKEN_LENGTH = 32;

    private final Store store;
    private final Clock clock;
    private final Publisher publisher;
    private final Links links;
    private final Ids ids;

    DigestPump(Store store, Clock clock, Publisher publisher, Links links, Ids ids) {
        this.store = store;
        this.clock = clock;
        this.publisher = publisher;
        this.links = links;
        this.ids = ids;
    }

    /** A digest, ready to be queued. */
    private record Made(
            Outbox.Address to, String mailId, Letter letter, String alarm, String token, String page, long keyId) {}

    @Override
    public String name() {
        return "topics.digests";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(Digests.CHANGED, Bell.RESET);
    }

    @Override
    public boolean step() {
        List<String> ended = store.read(tx -> Digests.ended(tx, clock.now(), BATCH));
        ended.forEach(this::end);
        return !ended.isEmpty();
    }

    @Override
    public Optional<Instant> nextDue() {
        return store.read(Digests::nextEnd);
    }

    private void end(String subscriptionArn) {
        List<Digests.Gathered> messages = store.read(tx -> Digests.waiting(tx, subscriptionArn));
        if (messages.stream().anyMatch(Digests.Gathered::locked)) {
            store.change(tx -> Digests.postpone(tx, subscriptionArn, clock.now()));
            return;
        }
        // Long texts are written outside the transaction; nobody but this pump takes what was gathered.
        Optional<Made> made = messages.size() < 2 ? Optional.empty() : Optional.of(make(subscriptionArn, messages));
        Instant now = clock.now();
        store.change(tx -> {
            List<Digests.Gathered> current = Digests.waiting(tx, subscriptionArn);
            boolean same =
                    messages.equals(current.stream().limit(messages.size()).toList());
            if (!same || (messages.size() < 2 && current.size() > messages.size())) {
                // A reset has taken it away, or a single message is single no more: the next step looks again.
                return;
            }
            made.ifPresent(digest ->
                    queue(tx, digest, subscriptionArn, messages.getLast().seq(), now));
            if (messages.size() == 1) {
                release(tx, subscriptionArn, messages.getFirst(), now);
            }
            Digests.next(tx, subscriptionArn, now);
        });
    }

    private Made make(String subscriptionArn, List<Digests.Gathered> messages) {
        DigestDocument document = new DigestDocument(messages);
        Digests.Gathered last = messages.getLast();
        String token = ids.alphanumeric(TOKEN_LENGTH);
        Letter letter = Letters.digest(document.subject(), document.mail(links.alert(token)), last);
        Set<String> alarms = messages.stream()
                .map(message -> Objects.requireNonNullElse(message.alarm(), ""))
                .collect(Collectors.toSet());
        return new Made(
                new Outbox.Address(ids.uuid(), last.topicArn(), subscriptionArn, "email", last.endpoint()),
                publisher.mailId(),
                letter,
                alarms.size() == 1 ? alarms.iterator().next() : "",
                token,
                HtmlRendering.render(document.page()),
                messages.stream().mapToLong(Digests.Gathered::keyId).max().orElse(MessageSeals.NONE));
    }

    /** A digest about one alarm belongs to that alarm's conversation, and comes after what was said there. */
    private static void queue(Tx tx, Made made, String subscriptionArn, long last, Instant now) {
        AlertPages.put(tx, made.token(), made.page(), made.keyId(), now);
        MailThread thread = made.alarm().isEmpty()
                ? MailThread.NONE
                : MailThread.next(tx, subscriptionArn, made.alarm(), made.mailId(), now);
        String lane = subscriptionArn + " " + (made.alarm().isEmpty() ? "digest" : made.alarm());
        Outbox.Mail mail =
                new Outbox.Mail(lane, made.mailId(), made.letter(), thread, made.keyId(), now.plus(Outbox.TRIED));
        Outbox.queue(tx, made.to(), mail, now);
        Digests.carry(tx, subscriptionArn, last, Outbox.newest(tx), made.mailId());
    }

    private static void release(Tx tx, String subscriptionArn, Digests.Gathered message, Instant now) {
        String alarm = message.alarm();
        MailThread thread =
                alarm == null ? MailThread.NONE : MailThread.next(tx, subscriptionArn, alarm, message.mailId(), now);
        Outbox.release(tx, message.seq(), thread, now);
    }
}
