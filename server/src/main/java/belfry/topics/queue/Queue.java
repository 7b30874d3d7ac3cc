package belfry.topics.queue;

import belfry.base.Arn;
import belfry.base.Json;
import belfry.base.TextMap;
import belfry.gateway.Call;
import belfry.store.Row;
import belfry.store.Tx;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A queue.
 *
 * @param attributes only those that were set
 */
record Queue(
        String arn,
        SortedMap<String, String> attributes,
        SortedMap<String, String> tags,
        Instant createdAt,
        Instant changedAt) {
    private static final String COLUMNS = "SELECT arn, attributes, tags, created_at, changed_at FROM queue ";

    /** Where a queue's dead letters go. */
    record Redrive(String queueArn, long maxReceives) {}

    Queue {
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    static Optional<Queue> find(Tx tx, String arn) {
        return tx.first(COLUMNS + "WHERE arn = ?", Queue::read, arn);
    }

    /** @throws belfry.wire.ServiceException {@code QueueDoesNotExist} */
    static Queue get(Tx tx, String arn) {
        return find(tx, arn).orElseThrow(Faults::queueMissing);
    }

    /**
     * The ARN behind a queue's URL: its last two parts are account and name, whatever host the caller reached us by. A
     * plain name is taken too, as AWS does.
     */
    static String arnOf(String url, Call call) {
        String[] parts = url.split("/", -1);
        String name = parts[parts.length - 1];
        String account = parts.length > 1 ? parts[parts.length - 2] : call.account();
        if (name.isEmpty() || !account.matches("\\d{12}")) {
            throw Faults.address(url);
        }
        return Arn.of("sqs", call.region(), account, name).toString();
    }

    /** What {@code CreateQueue} answers: with the host that the caller used. */
    String url(Call call) {
        return url(arn, call);
    }

    static String url(String arn, Call call) {
        Arn parsed = Arn.parse(arn).orElseThrow();
        return call.endpoint() + "/" + parsed.account() + "/" + parsed.resource();
    }

    /** The queues whose names begin with {@code prefix}, behind {@code after}. */
    static List<Queue> list(Tx tx, Call call, String prefix, String after, int limit) {
        return tx.query(
                COLUMNS + "WHERE account = ? AND region = ? AND substr(name, 1, ?) = ? AND name > ?"
                        + " ORDER BY name LIMIT ?",
                Queue::read,
                call.account(),
                call.region(),
                prefix.length(),
                prefix,
                after,
                limit);
    }

    static List<Queue> all(Tx tx, String account, String region) {
        return tx.query(COLUMNS + "WHERE account = ? AND region = ? ORDER BY name", Queue::read, account, region);
    }

    /** The queues whose dead letters go to this one. */
    static List<Queue> sourcesOf(Tx tx, String deadArn) {
        Arn dead = Arn.parse(deadArn).orElseThrow();
        return all(tx, dead.account(), dead.region()).stream()
                .filter(queue -> queue.redrive()
                        .filter(to -> to.queueArn().equals(deadArn))
                        .isPresent())
                .toList();
    }

    /** The queues that the dead letters lying in this one came from, as far as they still exist. */
    static List<Queue> originsOf(Tx tx, String deadArn) {
        return tx.query(
                COLUMNS + "WHERE arn IN (SELECT DISTINCT dead_letter_from FROM queue_message WHERE queue_arn = ?)",
                Queue::read,
                deadArn);
    }

    void insert(Tx tx) {
        Arn parsed = Arn.parse(arn).orElseThrow();
        tx.update(
                "INSERT INTO queue (arn, account, region, name, attributes, tags, created_at, changed_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                arn,
                parsed.account(),
                parsed.region(),
                parsed.resource(),
                TextMap.write(attributes),
                TextMap.write(tags),
                createdAt,
                changedAt);
    }

    /** The same with other attributes. */
    Queue with(Map<String, String> other) {
        return new Queue(arn, new TreeMap<>(other), tags, createdAt, changedAt);
    }

    void setAttributes(Tx tx, Map<String, String> to, Instant now) {
        tx.update("UPDATE queue SET attributes = ?, changed_at = ? WHERE arn = ?", TextMap.write(to), now, arn);
    }

    void setTags(Tx tx, Map<String, String> to) {
        tx.update("UPDATE queue SET tags = ? WHERE arn = ?", TextMap.write(to), arn);
    }

    void delete(Tx tx) {
        tx.update("DELETE FROM queue_message WHERE queue_arn = ?", arn);
        tx.update("DELETE FROM queue_dedup WHERE queue_arn = ?", arn);
        tx.update("DELETE FROM queue_attempt WHERE queue_arn = ?", arn);
        Move.deleteOf(tx, arn);
        tx.update("DELETE FROM queue WHERE arn = ?", arn);
    }

    String name() {
        return Arn.parse(arn).orElseThrow().resource();
    }

    boolean fifo() {
        return arn.endsWith(".fifo");
    }

    boolean contentBasedDeduplication() {
        return "true".equals(attributes.get("ContentBasedDeduplication"));
    }

    /** The KMS key that bodies are sealed with, as people wrote it; null where there is none. */
    @Nullable
    String kmsKey() {
        return attributes.get("KmsMasterKeyId");
    }

    /** Whether bodies are sealed with a key of the server's own. */
    boolean sealedByServer() {
        return "true".equals(attributes.getOrDefault("SqsManagedSseEnabled", "true"));
    }

    /** Whether a deduplication id counts in its group alone: high throughput. */
    boolean dedupPerGroup() {
        return "messageGroup".equals(attributes.get("DeduplicationScope"));
    }

    long number(String attribute) {
        return Long.parseLong(attributes.getOrDefault(attribute, QueueAttributes.DEFAULTS.get(attribute)));
    }

    Duration seconds(String attribute) {
        return Duration.ofSeconds(number(attribute));
    }

    Optional<Redrive> redrive() {
        return Optional.ofNullable(attributes.get("RedrivePolicy")).map(text -> {
            JsonNode json = Json.parse(text);
            return new Redrive(
                    json.path("deadLetterTargetArn").asText(),
                    json.path("maxReceiveCount").asLong());
        });
    }

    private static Queue read(Row row) {
        return new Queue(
                row.text(1), TextMap.read(row.text(2)), TextMap.read(row.text(3)), row.instant(4), row.instant(5));
    }
}
