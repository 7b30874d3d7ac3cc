package belfry.topics.queue;

import belfry.base.Bell;
import belfry.base.Ids;
import belfry.base.Sha256;
import belfry.store.Row;
import belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts messages into queues and takes them out. */
final class Messages {
    /** Rung when a message may have become visible. */
    static final Bell ARRIVED = new Bell("queues.arrived");

    private static final Duration DEDUPLICATED = Duration.ofMinutes(5);

    private final Ids ids;

    Messages(Ids ids) {
        this.ids = ids;
    }

    /**
     * What SendMessage tells of a message.
     *
     * @param sequence of FIFO queues, else null
     */
    record Sent(String messageId, @Nullable String sequence) {}

    /** @throws belfry.wire.ServiceException where the queue does not take it */
    Sent send(Tx tx, Queue queue, NewMessage message, String sender, Instant now) {
        check(queue, message);
        if (!queue.fifo()) {
            String id = ids.uuid();
            insert(tx, queue, message, id, null, sender, now);
            tx.ring(ARRIVED);
            return new Sent(id, null);
        }
        String dedup = dedupId(queue, message);
        Optional<Sent> before = tx.first(
                "SELECT message_id, seq FROM queue_dedup WHERE queue_arn = ? AND dedup_id = ? AND expires_at > ?",
                row -> new Sent(row.text(1), sequence(row.number(2))),
                queue.arn(),
                dedup,
                now);
        return before.orElseGet(() -> {
            String id = ids.uuid();
            long seq = insert(tx, queue, message, id, dedup, sender, now);
            tx.update(
                    "INSERT INTO queue_dedup (queue_arn, dedup_id, message_id, seq, expires_at) VALUES (?, ?, ?, ?, ?)"
                            + " ON CONFLICT (queue_arn, dedup_id) DO UPDATE SET message_id = excluded.message_id,"
                            + " seq = excluded.seq, expires_at = excluded.expires_at",
                    queue.arn(),
                    dedup,
                    id,
                    seq,
                    now.plus(DEDUPLICATED));
            tx.ring(ARRIVED);
            return new Sent(id, sequence(seq));
        });
    }

    private static void check(Queue queue, NewMessage message) {
        if (message.body().isEmpty()) {
            throw Faults.missing("MessageBody");
        }
        if (!message.printable()) {
            throw belfry.wire.ServiceException.of(
                    "InvalidMessageContents",
                    "Invalid characters found. Valid unicode characters are"
                            + " #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF");
        }
        long max = queue.number("MaximumMessageSize");
        if (message.size() > max) {
            throw Faults.invalid(
                    "One or more parameters are invalid. Reason: Message must be shorter than " + max + " bytes.");
        }
        if (queue.fifo() && message.groupId() == null) {
            throw Faults.missing("MessageGroupId");
        }
        if (!queue.fifo() && message.dedupId() != null) {
            throw Faults.invalid("The request include parameter that is not valid for this queue type."
                    + " Reason: MessageDeduplicationId is for FIFO queues.");
        }
    }

    private static String dedupId(Queue queue, NewMessage message) {
        if (message.dedupId() != null) {
            return message.dedupId();
        }
        if (!queue.contentBasedDeduplication()) {
            throw Faults.invalid("The queue should either have ContentBasedDeduplication enabled or"
                    + " MessageDeduplicationId provided explicitly");
        }
        return Sha256.hex(message.body());
    }

    /** Twenty digits that grow. */
    static String sequence(long seq) {
        return String.format(Locale.ROOT, "%020d", seq);
    }

    private static long insert(
            Tx tx, Queue queue, NewMessage message, String id, @Nullable String dedup, String sender, Instant now) {
        Integer delay = message.delaySeconds();
        Duration hidden = delay == null ? queue.seconds("DelaySeconds") : Duration.ofSeconds(delay);
        tx.update(
                "INSERT INTO queue_message (queue_arn, message_id, body, attributes, sender, group_id, dedup_id, trace,"
                        + " sent_at, visible_at, expires_at, receive_count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
                queue.arn(),
                id,
                message.body(),
                Attribute.write(message.attributes()),
                sender,
                message.groupId(),
                dedup,
                message.trace(),
                now,
                now.plus(hidden),
                now.plus(queue.seconds("MessageRetentionPeriod")));
        return tx.count("SELECT MAX(seq) FROM queue_message");
    }

    private static final String COLUMNS = "SELECT m.seq, m.message_id, m.body, m.attributes, m.sender, m.group_id,"
            + " m.dedup_id, m.trace, m.dead_letter_from, m.sent_at, m.first_received_at, m.receive_count"
            + " FROM queue_message m ";

    /** A group of a FIFO queue rests while one of its messages is in flight, and keeps its order. */
    private static final String GROUP_RESTS = " AND NOT EXISTS (SELECT 1 FROM queue_message h WHERE"
            + " h.queue_arn = m.queue_arn AND h.group_id = m.group_id AND h.visible_at > ?"
            + " AND (h.seq < m.seq OR h.receipt IS NOT NULL))";

    /** Takes up to {@code max} visible messages into flight; what was received too often goes to the dead letters. */
    List<StoredMessage> claim(Tx tx, Queue queue, int max, Duration hidden, Instant now) {
        List<StoredMessage> claimed = new ArrayList<>();
        for (StoredMessage message : visible(tx, queue, max, Long.MAX_VALUE, now)) {
            if (bury(tx, queue, message, now)) {
                continue;
            }
            String receipt = ids.alphanumeric(32);
            tx.update(
                    "UPDATE queue_message SET visible_at = ?, receipt = ?, receive_count = receive_count + 1,"
                            + " first_received_at = COALESCE(first_received_at, ?) WHERE seq = ?",
                    now.plus(hidden),
                    receipt,
                    now,
                    message.seq());
            claimed.add(message.received(receipt, now));
        }
        return claimed;
    }

    /** The oldest messages that can be had now, up to the one numbered {@code upTo}. */
    List<StoredMessage> visible(Tx tx, Queue queue, int max, long upTo, Instant now) {
        String where = "WHERE m.queue_arn = ? AND m.visible_at <= ? AND m.expires_at > ? AND m.seq <= ?";
        return queue.fifo()
                ? tx.query(
                        COLUMNS + where + GROUP_RESTS + " ORDER BY m.seq LIMIT ?",
                        Messages::read,
                        queue.arn(),
                        now,
                        now,
                        upTo,
                        now,
                        max)
                : tx.query(
                        COLUMNS + where + " ORDER BY m.seq LIMIT ?", Messages::read, queue.arn(), now, now, upTo, max);
    }

    /**
     * Moves a message that was received too often. It keeps its age, but for FIFO queues, where it also takes its own id
     * for its deduplication id: two that shared one must not be one there. Whether it did.
     */
    private static boolean bury(Tx tx, Queue queue, StoredMessage message, Instant now) {
        Optional<Queue> dead = queue.redrive()
                .filter(policy -> message.receiveCount() >= policy.maxReceives())
                .flatMap(policy -> Queue.find(tx, policy.queueArn()))
                .filter(target -> Redrives.takes(target, queue.arn()));
        if (dead.isEmpty()) {
            return false;
        }
        Instant age = queue.fifo() ? now : message.sentAt();
        tx.update(
                "INSERT INTO queue_message (queue_arn, message_id, body, attributes, sender, group_id, dedup_id, trace,"
                        + " dead_letter_from, sent_at, visible_at, expires_at, first_received_at, receive_count)"
                        + " SELECT ?, message_id, body, attributes, sender, group_id, ?, trace, ?, ?,"
                        + " visible_at, ?, first_received_at, receive_count FROM queue_message WHERE seq = ?",
                dead.get().arn(),
                queue.fifo() ? message.messageId() : message.dedupId(),
                queue.arn(),
                age,
                age.plus(dead.get().seconds("MessageRetentionPeriod")),
                message.seq());
        tx.update("DELETE FROM queue_message WHERE seq = ?", message.seq());
        tx.ring(ARRIVED);
        return true;
    }

    /** Sends a message of another queue to this one: as a new message, with a new id and its age counted anew. */
    void move(Tx tx, StoredMessage message, Queue to, Instant now) {
        tx.update(
                "INSERT INTO queue_message (queue_arn, message_id, body, attributes, sender, group_id, dedup_id, trace,"
                        + " sent_at, visible_at, expires_at, receive_count)"
                        + " SELECT ?, ?, body, attributes, sender, group_id, dedup_id, trace, ?, ?, ?, 0"
                        + " FROM queue_message WHERE seq = ?",
                to.arn(),
                ids.uuid(),
                now,
                now.plus(to.seconds("DelaySeconds")),
                now.plus(to.seconds("MessageRetentionPeriod")),
                message.seq());
        tx.update("DELETE FROM queue_message WHERE seq = ?", message.seq());
        tx.ring(ARRIVED);
    }

    private static StoredMessage read(Row row) {
        return new StoredMessage(
                row.number(1),
                row.text(2),
                row.text(3),
                Attribute.readStored(row.text(4)),
                row.text(5),
                row.textOrNull(6),
                row.textOrNull(7),
                row.textOrNull(8),
                row.textOrNull(9),
                row.instant(10),
                row.instantOrNull(11),
                row.number(12),
                "");
    }

    /** When the next hidden message of a queue shows. */
    static Optional<Instant> nextVisible(Tx tx, String queueArn, Instant now) {
        return tx.first(
                        "SELECT MIN(visible_at) FROM queue_message WHERE queue_arn = ? AND visible_at > ?",
                        row -> Optional.ofNullable(row.instantOrNull(1)),
                        queueArn,
                        now)
                .orElseGet(Optional::empty);
    }

    static QueueAttributes.Counts counts(Tx tx, String queueArn, Instant now) {
        return tx.first(
                        "SELECT COALESCE(SUM(CASE WHEN visible_at <= ? THEN 1 ELSE 0 END), 0),"
                                + " COALESCE(SUM(CASE WHEN visible_at > ? AND receipt IS NOT NULL THEN 1 ELSE 0 END), 0),"
                                + " COALESCE(SUM(CASE WHEN visible_at > ? AND receipt IS NULL THEN 1 ELSE 0 END), 0)"
                                + " FROM queue_message WHERE queue_arn = ? AND expires_at > ?",
                        row -> new QueueAttributes.Counts(row.number(1), row.number(2), row.number(3)),
                        now,
                        now,
                        now,
                        queueArn,
                        now)
                .orElseThrow();
    }
}
