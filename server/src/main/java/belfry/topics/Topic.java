package belfry.topics;

import belfry.base.Arn;
import belfry.base.TextMap;
import belfry.store.Row;
import belfry.store.Tx;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A topic.
 *
 * @param attributes only those that were set
 * @param subscriptionsDeleted how many subscriptions it has lost
 */
record Topic(
        String arn, SortedMap<String, String> attributes, SortedMap<String, String> tags, long subscriptionsDeleted) {
    private static final String COLUMNS = "SELECT arn, attributes, tags, subscriptions_deleted FROM topic ";

    Topic {
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    static Optional<Topic> find(Tx tx, String arn) {
        return tx.first(COLUMNS + "WHERE arn = ?", Topic::read, arn);
    }

    /** @throws belfry.wire.ServiceException {@code NotFound} */
    static Topic get(Tx tx, String arn) {
        return find(tx, arn).orElseThrow(Faults::topicMissing);
    }

    /** The ARNs behind {@code after}, in order. */
    static List<String> list(Tx tx, String account, String region, String after, int limit) {
        return tx.query(
                "SELECT arn FROM topic WHERE account = ? AND region = ? AND arn > ? ORDER BY arn LIMIT ?",
                row -> row.text(1),
                account,
                region,
                after,
                limit);
    }

    void insert(Tx tx, Instant now) {
        Arn parsed = parsed();
        tx.update(
                "INSERT INTO topic (arn, account, region, attributes, tags, subscriptions_deleted, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, 0, ?)",
                arn,
                parsed.account(),
                parsed.region(),
                TextMap.write(attributes),
                TextMap.write(tags),
                now);
    }

    static void delete(Tx tx, String arn) {
        tx.update("DELETE FROM topic WHERE arn = ?", arn);
    }

    void setAttributes(Tx tx, Map<String, String> to) {
        tx.update("UPDATE topic SET attributes = ? WHERE arn = ?", TextMap.write(to), arn);
    }

    void setTags(Tx tx, Map<String, String> to) {
        tx.update("UPDATE topic SET tags = ? WHERE arn = ?", TextMap.write(to), arn);
    }

    String owner() {
        return parsed().account();
    }

    String region() {
        return parsed().region();
    }

    String displayName() {
        return attributes.getOrDefault("DisplayName", "");
    }

    /** The KMS key of an encrypted topic, as it was given; null for others. */
    @Nullable
    String kmsKey() {
        return attributes.get("KmsMasterKeyId");
    }

    /** The policy that was set, else AWS's default. */
    String policy() {
        return attributes.getOrDefault("Policy", TopicAttributes.defaultPolicy(arn, owner()));
    }

    private Arn parsed() {
        return Arn.parse(arn).orElseThrow();
    }

    private static Topic read(Row row) {
        return new Topic(row.text(1), TextMap.read(row.text(2)), TextMap.read(row.text(3)), row.number(4));
    }
}
