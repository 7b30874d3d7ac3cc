package belfry.topics.queue;

import belfry.store.Row;
import belfry.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Messages as rows: which can be had, and how they stand. */
final class MessageRows {
    private static final String COLUMNS = "SELECT m.seq, m.message_id, m.body, m.attributes, m.sender, m.group_id,"
            + " m.dedup_id, m.trace, m.dead_letter_from, m.sent_at, m.first_received_at, m.receive_count, m.receipt,"
            + " m.key_id, m.sealed"
            + " FROM queue_message m ";

    /** A group of a FIFO queue rests while one of its messages is in flight, and keeps its order. */
    private static final String GROUP_RESTS = " AND NOT EXISTS (SELECT 1 FROM queue_message h WHERE"
            + " h.queue_arn = m.queue_arn AND h.group_id = m.group_id AND h.visible_at > ?"
            + " AND (h.seq < m.seq OR h.receipt IS NOT NULL))";

    private MessageRows() {}

    /** The oldest messages that can be had now, up to the one numbered {@code upTo}. */
    static List<StoredMessage> visible(Tx tx, Queue queue, int max, long upTo, Instant now) {
        String where = "WHERE m.queue_arn = ? AND m.visible_at <= ? AND m.expires_at > ? AND m.seq <= ?";
        return queue.fifo()
                ? tx.query(
                        COLUMNS + where + GROUP_RESTS + " ORDER BY m.seq LIMIT ?",
                        MessageRows::read,
                        queue.arn(),
                        now,
                        now,
                        upTo,
                        now,
                        max)
                : tx.query(
                        COLUMNS + where + " ORDER BY m.seq LIMIT ?",
                        MessageRows::read,
                        queue.arn(),
                        now,
                        now,
                        upTo,
                        max);
    }

    /** Whether there may be something to receive. */
    static boolean anyVisible(Tx tx, String queueArn, Instant now) {
        return tx.first(
                        "SELECT 1 FROM queue_message WHERE queue_arn = ? AND visible_at <= ? LIMIT 1",
                        row -> true,
                        queueArn,
                        now)
                .isPresent();
    }

    /** The message of a receipt while it is in flight. */
    static Optional<StoredMessage> inFlight(Tx tx, String queueArn, Receipt receipt, Instant now) {
        return tx.first(
                COLUMNS + "WHERE m.queue_arn = ? AND m.message_id = ? AND m.receipt = ? AND m.visible_at > ?",
                MessageRows::read,
                queueArn,
                receipt.messageId(),
                receipt.secret(),
                now);
    }

    /** The data keys that a queue's messages are sealed with. */
    static List<Long> keysOf(Tx tx, String queueArn) {
        return tx.query(
                "SELECT DISTINCT key_id FROM queue_message WHERE queue_arn = ? AND key_id > 0",
                row -> row.number(1),
                queueArn);
    }

    /** When the next hidden message of a queue shows. */
    static Optional<Instant> nextVisible(Tx tx, String queueArn, Instant now) {
        return tx.instant(
                "SELECT MIN(visible_at) FROM queue_message WHERE queue_arn = ? AND visible_at > ?", queueArn, now);
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

    private static StoredMessage read(Row row) {
        String receipt = row.textOrNull(13);
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
                receipt == null ? "" : receipt,
                row.number(14),
                row.bytesOrNull(15));
    }
}
