package belfry.topics;

import belfry.base.Bell;
import belfry.store.Row;
import belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The table between publishing and sending. {@code topics} writes a row for each message and subscription;
 * {@code delivery} takes the open ones in the order of their lane and writes down what became of them.
 *
 * <p>A row is open while {@code next_at} is set. Closed rows stay for a while, as the answer to "was it sent?".
 */
public final class Outbox {
    /** Rung when there is something to send. */
    public static final Bell QUEUED = new Bell("outbox.queued");

    private static final String HEAD_DUE =
            "(SELECT h.next_at FROM outbox h WHERE h.lane = o.lane AND h.next_at IS NOT NULL ORDER BY h.seq LIMIT 1)"
                    + " <= ?";

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

    /** The recipients for whom something is to be tried now, the longest waiting first. */
    public static List<String> dueEndpoints(Tx tx, Instant now) {
        return tx.query(
                "SELECT o.endpoint FROM outbox o WHERE o.next_at IS NOT NULL AND " + HEAD_DUE
                        + " GROUP BY o.endpoint ORDER BY MIN(o.seq)",
                row -> row.text(1),
                now);
    }

    /** A recipient's parcels to try now, oldest first; more than one of a lane, but never one before those ahead of it. */
    public static List<Parcel> due(Tx tx, String endpoint, Instant now, int limit) {
        return tx.query(
                "SELECT o.seq, o.lane, o.endpoint, o.mail_id, o.sender, o.subject, o.text, o.html, o.unsubscribe_url,"
                        + " o.attempts, o.queued_at, o.alarm, o.in_reply_to, o.mail_references,"
                        + " o.key_id, o.sealed FROM outbox o WHERE o.endpoint = ? AND o.next_at IS NOT NULL AND "
                        + HEAD_DUE
                        + " ORDER BY o.seq LIMIT ?",
                row -> parcel(tx, row),
                endpoint,
                now,
                limit);
    }

    /** When the first parcel that heads its lane falls due, of those that do so after {@code after}. */
    public static Optional<Instant> nextDue(Tx tx, Instant after) {
        return tx.instant(
                "SELECT MIN(o.next_at) FROM outbox o WHERE o.next_at > ? AND NOT EXISTS (SELECT 1 FROM"
                        + " outbox h WHERE h.lane = o.lane AND h.next_at IS NOT NULL AND h.seq < o.seq)",
                after);
    }

    /** The server has taken it. If it was away before, all that waited for it is due now. */
    public static void sent(Tx tx, Parcel parcel, Instant now) {
        attempt(tx, parcel, "Accepted", "", now);
        end(tx, parcel.seq(), 1, new Decision.Sent(now), now);
        tx.update(
                "UPDATE outbox SET next_at = ?, waits_for_server = 0 WHERE next_at > ? AND waits_for_server = 1",
                now,
                now);
    }

    /** The server refuses it for good. */
    public static void dead(Tx tx, Parcel parcel, String reason, Instant now) {
        attempt(tx, parcel, "Refused", reason, now);
        end(tx, parcel.seq(), 1, new Decision.Dead(reason), now);
    }

    /** The server put this one off. */
    public static void retry(Tx tx, Parcel parcel, Decision.Retrying retry, Instant now) {
        attempt(tx, parcel, "PutOff", retry.reason(), now);
        tx.update(
                "UPDATE outbox SET state = 'Retrying', reason = ?, attempts = attempts + 1, next_at = ? WHERE seq = ?",
                retry.reason(),
                retry.next(),
                parcel.seq());
        giveUp(tx, now);
    }

    /** The server is away: all that is due waits, without a try each. */
    public static void serverAway(Tx tx, Parcel parcel, Decision.Retrying retry, Instant now) {
        attempt(tx, parcel, "Away", retry.reason(), now);
        tx.update(
                "UPDATE outbox SET state = 'Retrying', reason = ?, attempts = attempts + 1, waits_for_server = 1,"
                        + " next_at = ? WHERE next_at <= ?",
                retry.reason(),
                retry.next(),
                now);
        giveUp(tx, now);
    }

    /** What has failed to the end of its time is tried no more. */
    private static void giveUp(Tx tx, Instant now) {
        Map<Long, Decision> over = new LinkedHashMap<>();
        tx.query(
                        "SELECT seq, reason FROM outbox WHERE next_at IS NOT NULL AND give_up_at <= ?"
                                + " AND state = 'Retrying' ORDER BY seq",
                        row -> Map.entry(row.number(1), row.text(2)),
                        now)
                .forEach(one -> over.put(
                        one.getKey(), new Decision.Dead("given up, for it was tried for too long: " + one.getValue())));
        over.forEach((seq, dead) -> end(tx, seq, 0, dead, now));
    }

    /**
     * Closes a row, and with it what it carries.
     *
     * @param tries how many tries this counts as
     */
    private static void end(Tx tx, long seq, int tries, Decision decision, Instant now) {
        tx.update(
                "UPDATE outbox SET state = ?, reason = ?, attempts = attempts + ?, next_at = NULL, done_at = ?"
                        + " WHERE seq = ?",
                decision.name(),
                decision.reason(),
                tries,
                now,
                seq);
        SnsMetrics.ended(tx, seq, decision, now);
        Digests.ended(tx, seq, decision, now);
    }

    private static void attempt(Tx tx, Parcel parcel, String outcome, String reason, Instant now) {
        tx.update(
                "INSERT INTO delivery_attempt (outbox, at, outcome, reason) VALUES (?, ?, ?, ?)",
                parcel.seq(),
                now,
                outcome,
                reason);
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

    private static Parcel parcel(Tx tx, Row row) {
        Letter letter = new Letter(row.text(5), row.text(6), row.text(7), row.textOrNull(8), row.textOrNull(9));
        long keyId = row.number(15);
        Locked locked = null;
        if (keyId != MessageSeals.NONE) {
            try {
                letter = letter.with(MessageSeals.open(tx, keyId, what(row.text(4)), row.bytes(16)));
            } catch (MessageSeals.LockedException e) {
                locked = e.locked();
            }
        }
        return new Parcel(
                row.number(1),
                row.text(2),
                row.text(3),
                row.text(4),
                letter,
                new MailThread(row.textOrNull(12), row.textOrNull(13), row.textOrNull(14)),
                row.number(10),
                row.instant(11),
                keyId,
                locked);
    }
}
