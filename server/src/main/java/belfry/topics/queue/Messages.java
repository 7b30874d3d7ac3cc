package belfry.topics.queue;

import belfry.base.Bell;
import belfry.base.Ids;
import belfry.base.Sha256;
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
    private final QueueKeys keys;

    Messages(Ids ids, QueueKeys keys) {
        this.ids = ids;
        this.keys = keys;
    }

    /**
     * What SendMessage tells of a message.
     *
     * @param sequence of FIFO queues, else null
     */
    record Sent(String messageId, @Nullable String sequence) {}

    /** @throws belfry.wire.ServiceException where the queue does not take it */
    Sent send(Tx tx, Queue queue, NewMessage message, Sender sender, Instant now) {
        check(queue, message);
        if (!queue.fifo()) {
            String id = ids.uuid();
            insert(tx, queue, message, id, null, sender, now);
            tx.ring(ARRIVED);
            return new Sent(id, null);
        }
        String dedup = dedupId(queue, message);
        String known = queue.dedupPerGroup() ? message.groupId() + "\n" + dedup : dedup;
        Optional<Sent> before = tx.first(
                "SELECT message_id, seq FROM queue_dedup WHERE queue_arn = ? AND dedup_id = ? AND expires_at > ?",
                row -> new Sent(row.text(1), sequence(row.number(2))),
                queue.arn(),
                known,
                now);
        return before.orElseGet(() -> {
            String id = ids.uuid();
            long seq = insert(tx, queue, message, id, dedup, sender, now);
            tx.update(
                    "INSERT INTO queue_dedup (queue_arn, dedup_id, message_id, seq, expires_at) VALUES (?, ?, ?, ?, ?)"
                            + " ON CONFLICT (queue_arn, dedup_id) DO UPDATE SET message_id = excluded.message_id,"
                            + " seq = excluded.seq, expires_at = excluded.expires_at",
                    queue.arn(),
                    known,
                    id,
                    seq,
                    now.plus(DEDUPLICATED));
            tx.ring(ARRIVED);
            return new Sent(id, sequence(seq));
        });
    }

    static void check(Queue queue, NewMessage message) {
        if (message.body().isEmpty()) {
            throw Faults.missing("MessageBody");
        }
        message.checkIds();
        if (!message.printable()) {
            throw Faults.contents();
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
            throw Faults.notForThisType("MessageDeduplicationId", message.dedupId());
        }
    }

    static String dedupId(Queue queue, NewMessage message) {
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

    private long insert(
            Tx tx, Queue queue, NewMessage message, String id, @Nullable String dedup, Sender sender, Instant now) {
        Integer delay = message.delaySeconds();
        Duration hidden = delay == null ? queue.seconds("DelaySeconds") : Duration.ofSeconds(delay);
        Kept kept = kept(tx, queue, id, message.body(), sender, now);
        tx.update(
                "INSERT INTO queue_message (queue_arn, message_id, body, attributes, sender, group_id, dedup_id, trace,"
                        + " sent_at, visible_at, expires_at, receive_count, key_id, sealed)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)",
                queue.arn(),
                id,
                kept.body(),
                Attribute.write(message.attributes()),
                sender.id(),
                message.groupId(),
                dedup,
                message.trace(),
                now,
                now.plus(hidden),
                now.plus(queue.seconds("MessageRetentionPeriod")),
                kept.keyId(),
                kept.sealed());
        QueueMetrics.sent(tx, queue, message, now);
        return tx.count("SELECT MAX(seq) FROM queue_message");
    }

    /** A body as it is kept: sealed with a data key, or in the clear. */
    private record Kept(String body, long keyId, byte @Nullable [] sealed) {}

    private Kept kept(Tx tx, Queue queue, String messageId, String body, Sender sender, Instant now) {
        long key = keys.forSending(tx, queue, sender, now);
        return key == BodySeals.NONE
                ? new Kept(body, key, null)
                : new Kept("", key, keys.seal(tx, key, messageId, body));
    }

    /** Takes up to {@code max} visible messages into flight; what was received too often goes to the dead letters. */
    List<StoredMessage> claim(Tx tx, Queue queue, int max, Duration hidden, Instant now) {
        List<StoredMessage> claimed = new ArrayList<>();
        for (StoredMessage message : MessageRows.visible(tx, queue, max, Long.MAX_VALUE, now)) {
            if (bury(tx, queue, message, now)) {
                continue;
            }
            String receipt = ids.alphanumeric(32);
            tx.update(
                    "UPDATE queue_message SET visible_at = ?, receipt = ?, receive_count = receive_count + 1,"
                            + " received_at = ?, first_received_at = COALESCE(first_received_at, ?) WHERE seq = ?",
                    now.plus(hidden),
                    receipt,
                    now,
                    now,
                    message.seq());
            claimed.add(message.received(receipt, now));
        }
        QueueMetrics.received(tx, queue, claimed.size(), now);
        return claimed;
    }

    /**
     * Moves a message that was received too often. It keeps its age, but for FIFO queues, where it also takes its own id
     * for its deduplication id: two that shared one must not be one there. It stays sealed as it is, as on AWS. Whether
     * it did.
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
                        + " dead_letter_from, sent_at, visible_at, expires_at, first_received_at, receive_count, key_id,"
                        + " sealed) SELECT ?, message_id, body, attributes, sender, group_id, ?, trace, ?, ?,"
                        + " visible_at, ?, first_received_at, receive_count, key_id, sealed"
                        + " FROM queue_message WHERE seq = ?",
                dead.get().arn(),
                queue.fifo() ? message.messageId() : message.dedupId(),
                queue.arn(),
                age,
                age.plus(dead.get().seconds("MessageRetentionPeriod")),
                message.seq());
        tx.update("DELETE FROM queue_message WHERE seq = ?", message.seq());
        QueueMetrics.watch(tx, dead.get().arn(), now);
        tx.ring(ARRIVED);
        return true;
    }

    /**
     * Sends a message of another queue to this one: as a new message, with a new id, its age counted anew, and sealed as
     * this queue's messages are.
     *
     * @throws belfry.wire.ServiceException where a KMS key does not let it
     */
    void move(Tx tx, StoredMessage message, Queue to, Sender mover, Instant now) {
        String id = ids.uuid();
        Kept kept = kept(tx, to, id, keys.open(tx, message), mover, now);
        tx.update(
                "INSERT INTO queue_message (queue_arn, message_id, body, attributes, sender, group_id, dedup_id, trace,"
                        + " sent_at, visible_at, expires_at, receive_count, key_id, sealed)"
                        + " SELECT ?, ?, ?, attributes, sender, group_id, dedup_id, trace, ?, ?, ?, 0, ?, ?"
                        + " FROM queue_message WHERE seq = ?",
                to.arn(),
                id,
                kept.body(),
                now,
                now.plus(to.seconds("DelaySeconds")),
                now.plus(to.seconds("MessageRetentionPeriod")),
                kept.keyId(),
                kept.sealed(),
                message.seq());
        tx.update("DELETE FROM queue_message WHERE seq = ?", message.seq());
        QueueMetrics.watch(tx, to.arn(), now);
        tx.ring(ARRIVED);
    }
}
