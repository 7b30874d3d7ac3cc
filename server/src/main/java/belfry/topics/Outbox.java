package belfry.topics;

import belfry.base.Bell;
import belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table between publishing and sending. {@code topics} writes a row for each message and subscription
 * here; {@code delivery} takes the open ones and writes down what became of them through {@link Parcels}.
 *
 * <p>A row is open while {@code next_at} is set. Closed rows stay for a while, as the answer to "was it sent?".
 */
public final class Outbox {
    /** Rung when there is something to send. */
    public static final Bell QUEUED = new Bell("outbox.queued");

    /** How long a mail is tried (docs/decisions/0801). */
    static final Duration TRIED = Duration.ofDays(7);

    private Outbox() {}

    /** A message to one subscription, without what will be sent. */
    record Address(String messageId, String topicArn, String subscriptionArn, String protocol, String endpoint) {
        static Address of(String messageId, Subscription subscription) {
            return new Address(
                    messageId,
                    subscription.topicArn(),
                    subscription.arn(),
                    subscription.protocol(),
                    subscription.endpoint());
        }
    }

    /**
     * What is queued.
     *
     * @param lane keeps its order
     * @param keyId what its text is sealed with; {@link MessageSeals#NONE} where it is not
     * @param giveUpAt a try that fails then or later is the last
     */
    record Mail(
            String lane,
            String mailId,
            Letter letter,
            MailThread thread,
            long keyId,
            @Nullable Instant giveUpAt) {}

    /** Queues a mail. */
    static void queue(Tx tx, Address to, Mail mail, Instant now) {
        insert(tx, to, mail, new Decision.Queued(), now, now);
        tx.ring(QUEUED);
    }

    /** The number of the row written last. */
    static long newest(Tx tx) {
        return tx.count("SELECT MAX(seq) FROM outbox");
    }

    /** Keeps a mail until its digest is made, or until it is {@link #release released}. */
    static void gather(Tx tx, Address to, Mail mail, Instant now) {
        insert(tx, to, mail, new Decision.Gathered("waits for its digest"), now, null);
        tx.update("UPDATE outbox SET done_at = NULL WHERE seq = ?", newest(tx));
    }

    /** What a digest says about the mail written last. */
    static void line(Tx tx, Mail mail, DigestLine line) {
        tx.update("UPDATE outbox SET digest_line = ? WHERE seq = ?", DigestSeals.keep(tx, mail, line), newest(tx));
    }

    /** Queues what was gathered as the mail that it is. */
    static void release(Tx tx, long seq, MailThread thread, Instant now) {
        Decision queued = new Decision.Queued();
        tx.update(
                "UPDATE outbox SET state = ?, reason = ?, next_at = ?, in_reply_to = ?, mail_references = ?,"
                        + " give_up_at = ? WHERE seq = ?",
                queued.name(),
                queued.reason(),
                now,
                thread.replyTo(),
                thread.references(),
                now.plus(TRIED),
                seq);
        tx.ring(QUEUED);
    }

    /** Writes down which alarm a message is about. */
    static void about(Tx tx, String messageId, String alarm) {
        tx.update("UPDATE outbox SET alarm = ? WHERE message_id = ?", alarm, messageId);
    }

    /** Writes down what was decided about a message that needs no sending of its own, or is not sent. */
    static void close(Tx tx, Address to, Decision decision, Instant now) {
        insert(tx, to, nothing(to), decision, now, null);
    }

    /** A row for what {@link Errands} carries: open, though no mail. Returns its number. */
    static long open(Tx tx, Address to, Instant now) {
        insert(tx, to, nothing(to), new Decision.Queued(), now, null);
        long seq = newest(tx);
        tx.update("UPDATE outbox SET done_at = NULL WHERE seq = ?", seq);
        return seq;
    }

    /**
     * A try of an errand.
     *
     * @param outcome {@code Accepted}, {@code PutOff} or {@code Refused}
     * @param answer what the other side said, cut
     */
    record Try(String outcome, String answer, String code, Duration took, Instant at) {}

    /** Writes down a try of an errand, which closes its row where {@code doneAt} is given. */
    static void tried(Tx tx, long seq, Try attempt, Decision decision, @Nullable Instant doneAt) {
        tx.update(
                "INSERT INTO delivery_attempt (outbox, at, outcome, reason, code, took_ms) VALUES (?, ?, ?, ?, ?, ?)",
                seq,
                attempt.at(),
                attempt.outcome(),
                attempt.answer(),
                attempt.code(),
                attempt.took().toMillis());
        tx.update(
                "UPDATE outbox SET state = ?, reason = ?, attempts = attempts + 1, done_at = ? WHERE seq = ?",
                decision.name(),
                decision.reason(),
                doneAt,
                seq);
    }

    private static Mail nothing(Address to) {
        return new Mail(
                to.subscriptionArn(), "", new Letter("", "", "", null, null), MailThread.NONE, MessageSeals.NONE, null);
    }

    private static void insert(Tx tx, Address to, Mail mail, Decision decision, Instant now, @Nullable Instant next) {
        Letter letter = mail.letter();
        boolean sealed = mail.keyId() != MessageSeals.NONE;
        tx.update(
                "INSERT INTO outbox (message_id, topic_arn, subscription_arn, lane, protocol, endpoint, mail_id,"
                        + " sender, subject, text, html, unsubscribe_url, state, reason, attempts, waits_for_server,"
                        + " queued_at, next_at, done_at, alarm, in_reply_to, mail_references, give_up_at, key_id, sealed)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                to.messageId(),
                to.topicArn(),
                to.subscriptionArn(),
                mail.lane(),
                to.protocol(),
                to.endpoint(),
                mail.mailId(),
                letter.sender(),
                letter.subject(),
                sealed ? "" : letter.text(),
                sealed ? null : letter.html(),
                letter.unsubscribeUrl(),
                decision.name(),
                decision.reason(),
                now,
                next,
                next == null ? now : null,
                mail.thread().alarm(),
                mail.thread().replyTo(),
                mail.thread().references(),
                mail.giveUpAt(),
                mail.keyId(),
                sealed ? MessageSeals.seal(tx, mail.keyId(), what(mail.mailId()), letter.content()) : null);
    }

    /** What a row's content is sealed as. */
    static String what(String mailId) {
        return "outbox:" + mailId;
    }

    /** What became of a message, subscription by subscription. */
    public static List<Decision> decisions(Tx tx, String messageId) {
        return tx.query(
                "SELECT o.state, o.reason, COALESCE(o.next_at, o.done_at, e.due_at, o.queued_at) FROM outbox o"
                        + " LEFT JOIN errand e ON e.seq = o.seq WHERE o.message_id = ? ORDER BY o.seq",
                row -> Decision.of(row.text(1), row.text(2), row.instant(3)),
                messageId);
    }

    /** Forgets what was closed before {@code before}; at most {@code limit} rows. */
    static int forget(Tx tx, Instant before, int limit) {
        int forgotten = tx.update(
                "DELETE FROM outbox WHERE seq IN (SELECT seq FROM outbox WHERE done_at < ? LIMIT ?)", before, limit);
        if (forgotten > 0) {
            tx.update("DELETE FROM delivery_attempt WHERE outbox NOT IN (SELECT seq FROM outbox)");
        }
        return forgotten;
    }
}
