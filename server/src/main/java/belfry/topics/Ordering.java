package belfry.topics;

import belfry.base.Ids;
import belfry.base.Sha256;
import belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Order in FIFO topics: groups, sequence numbers, and each message once within five minutes (semantics: sns.md §8). */
final class Ordering {
    private static final Duration DEDUPLICATED = Duration.ofMinutes(5);

    private static final int ID_MAX = 128;

    private final Ids ids;

    Ordering(Ids ids) {
        this.ids = ids;
    }

    /**
     * Where a message stands.
     *
     * @param repeated whether it was published before, and nothing is to be done
     */
    record Placed(String messageId, Publication.@Nullable Order order, boolean repeated) {
        /** Null outside FIFO topics. */
        @Nullable
        String sequence() {
            return order == null ? null : order.sequence();
        }
    }

    /** Checks what a publisher said about order. */
    static void check(String topicArn, @Nullable String group, @Nullable String dedup) {
        if (!fifo(topicArn)) {
            if (dedup != null) {
                throw Faults.invalid("MessageDeduplicationId Reason: The request includes MessageDeduplicationId"
                        + " parameter that is not valid for this topic type");
            }
        } else if (group == null) {
            throw Faults.invalid("The MessageGroupId parameter is required for FIFO topics");
        }
        checkId("MessageGroupId", group);
        checkId("MessageDeduplicationId", dedup);
    }

    static boolean fifo(String topicArn) {
        return topicArn.endsWith(".fifo");
    }

    /** What was checked, placed. */
    Placed place(Tx tx, Topic topic, Message message, @Nullable String group, @Nullable String dedup, Instant now) {
        if (group == null) {
            return new Placed(ids.uuid(), null, false);
        }
        if (!fifo(topic.arn())) {
            return new Placed(ids.uuid(), new Publication.Order(group, null, null), false);
        }
        String id = dedup == null ? content(topic, message) : dedup;
        boolean byGroup = "MessageGroup".equals(topic.attributes().get("FifoThroughputScope"));
        String key = byGroup ? group + "\n" + id : id;
        Optional<Placed> before = tx.first(
                "SELECT message_id, sequence FROM topic_dedup WHERE topic_arn = ? AND dedup_id = ? AND expires_at > ?",
                row -> new Placed(row.text(1), new Publication.Order(group, id, digits(row.number(2))), true),
                topic.arn(),
                key,
                now);
        return before.orElseGet(() -> first(tx, topic, group, id, key, now));
    }

    private Placed first(Tx tx, Topic topic, String group, String id, String key, Instant now) {
        tx.update(
                "INSERT INTO topic_sequence (topic_arn, last) VALUES (?, 1)"
                        + " ON CONFLICT (topic_arn) DO UPDATE SET last = topic_sequence.last + 1",
                topic.arn());
        long sequence = tx.count("SELECT last FROM topic_sequence WHERE topic_arn = ?", topic.arn());
        String messageId = ids.uuid();
        tx.update("DELETE FROM topic_dedup WHERE expires_at <= ?", now);
        tx.update(
                "INSERT INTO topic_dedup (topic_arn, dedup_id, message_id, sequence, expires_at) VALUES (?, ?, ?, ?,"
                        + " ?)",
                topic.arn(),
                key,
                messageId,
                sequence,
                now.plus(DEDUPLICATED));
        return new Placed(messageId, new Publication.Order(group, id, digits(sequence)), false);
    }

    static void forget(Tx tx, String topicArn) {
        tx.update("DELETE FROM topic_dedup WHERE topic_arn = ?", topicArn);
        tx.update("DELETE FROM topic_sequence WHERE topic_arn = ?", topicArn);
    }

    private static String digits(long sequence) {
        return String.format(Locale.ROOT, "1%019d", sequence);
    }

    private static String content(Topic topic, Message message) {
        if (!"true".equals(topic.attributes().get("ContentBasedDeduplication"))) {
            throw Faults.invalid("The topic should either have ContentBasedDeduplication enabled or"
                    + " MessageDeduplicationId provided explicitly");
        }
        return Sha256.hex(message.body());
    }

    private static void checkId(String name, @Nullable String id) {
        if (id != null && (id.isEmpty() || id.length() > ID_MAX || !id.chars().allMatch(c -> c > 0x20 && c < 0x7F))) {
            throw Faults.invalid(
                    name + " Reason: The length of " + name + " must be from 1 to 128 printable characters");
        }
    }
}
