package belfry.topics.queue;

import belfry.base.Arn;
import belfry.base.Ids;
import belfry.seal.Aead;
import belfry.seal.BrokenSealException;
import belfry.seal.RootKey;
import belfry.store.Tx;
import belfry.vault.DataKey;
import belfry.vault.Keys;
import belfry.vault.Place;
import belfry.wire.ServiceException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals and opens bodies under the data keys of queues. Whoever opens one that KMS sealed passes the KMS key's state; who
 * may, {@link QueueKeys} asks.
 */
final class BodySeals {
    /** Stands for a body that is not sealed. */
    static final long NONE = 0;

    private static final Logger LOG = LoggerFactory.getLogger(BodySeals.class);

    /** Data keys under which nothing lies are kept for as long as the longest may be used again. */
    private static final Duration KEPT = Duration.ofDays(1);

    private final RootKey root;
    private final Keys keys;
    private final Ids ids;

    BodySeals(RootKey root, Keys keys, Ids ids) {
        this.root = root;
        this.keys = keys;
        this.ids = ids;
    }

    /**
     * A data key as it is kept.
     *
     * @param queueArn the queue that it was made for; its messages may have gone elsewhere since
     * @param kmsKey the KMS key's ARN; null where the root key seals it
     */
    record Stored(long id, String queueArn, @Nullable String kmsKey, byte[] dataKey) {}

    static Map<String, String> context(String queueArn) {
        return Map.of("aws:sqs:arn", queueArn);
    }

    static Optional<Stored> find(Tx tx, long id) {
        return tx.first(
                "SELECT id, queue_arn, kms_key, data_key FROM queue_key WHERE id = ?",
                row -> new Stored(row.number(1), row.text(2), row.textOrNull(3), row.bytes(4)),
                id);
    }

    /** A producer's data key that was made after {@code since}. */
    static Optional<Long> current(Tx tx, String queueArn, @Nullable String kmsKey, String producer, Instant since) {
        return tx.first(
                "SELECT id FROM queue_key WHERE queue_arn = ? AND producer = ? AND created_at > ?"
                        + " AND COALESCE(kms_key, '') = ? ORDER BY id DESC LIMIT 1",
                row -> row.number(1),
                queueArn,
                producer,
                since,
                kmsKey == null ? "" : kmsKey);
    }

    /**
     * A fresh data key.
     *
     * @throws ServiceException in KMS's words
     */
    long make(Tx tx, String queueArn, @Nullable String kmsKey, String producer, Instant now) {
        forget(tx, now.minus(KEPT));
        if (kmsKey == null) {
            byte[] plain = ids.bytes(Aead.KEY_BYTES);
            byte[] sealed = root.seal(purpose(queueArn), plain);
            Arrays.fill(plain, (byte) 0);
            return insert(tx, queueArn, null, producer, sealed, now);
        }
        try (DataKey made = keys.generateDataKey(tx, place(queueArn), kmsKey, Aead.KEY_BYTES, context(queueArn), now)) {
            return insert(tx, queueArn, made.keyArn(), producer, made.ciphertext(), now);
        }
    }

    private static long insert(
            Tx tx, String queueArn, @Nullable String kmsKey, String producer, byte[] dataKey, Instant now) {
        return tx.first(
                        "INSERT INTO queue_key (queue_arn, kms_key, producer, data_key, created_at)"
                                + " VALUES (?, ?, ?, ?, ?) RETURNING id",
                        row -> row.number(1),
                        queueArn,
                        kmsKey,
                        producer,
                        dataKey,
                        now)
                .orElseThrow();
    }

    private static void forget(Tx tx, Instant before) {
        tx.update(
                "DELETE FROM queue_key WHERE created_at < ? AND NOT EXISTS"
                        + " (SELECT 1 FROM queue_message m WHERE m.key_id = queue_key.id AND m.key_id > 0)",
                before);
        tx.update("DELETE FROM queue_key_reader WHERE until_at < ?", before);
    }

    /** @throws ServiceException in KMS's words */
    byte[] seal(Tx tx, long keyId, String messageId, String body) {
        byte[] key = dataKey(tx, keyId);
        try {
            return Aead.seal(key, body.getBytes(StandardCharsets.UTF_8), bound(keyId, messageId), ids);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** @throws ServiceException in KMS's words */
    String open(Tx tx, long keyId, String messageId, byte[] sealed) {
        byte[] key = dataKey(tx, keyId);
        try {
            return new String(Aead.open(key, sealed, bound(keyId, messageId)), StandardCharsets.UTF_8);
        } catch (BrokenSealException e) {
            throw broken("message " + messageId);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private byte[] dataKey(Tx tx, long keyId) {
        Stored stored = find(tx, keyId).orElseThrow(() -> broken("data key " + keyId));
        if (stored.kmsKey() != null) {
            return keys.decrypt(tx, place(stored.queueArn()), stored.dataKey(), context(stored.queueArn()))
                    .plaintext();
        }
        try {
            return root.open(purpose(stored.queueArn()), stored.dataKey());
        } catch (BrokenSealException e) {
            throw broken("data key " + keyId);
        }
    }

    private static ServiceException broken(String what) {
        LOG.error("{} does not open: the database was changed", what);
        return ServiceException.of("InternalError", 500, "We encountered an internal error. Please try again.");
    }

    private static Place place(String queueArn) {
        Arn arn = Arn.parse(queueArn).orElseThrow();
        return new Place(arn.account(), arn.region());
    }

    private static String purpose(String queueArn) {
        return "sqs/data-key/" + queueArn;
    }

    private static byte[] bound(long keyId, String messageId) {
        return ("queue-message:" + keyId + ":" + messageId).getBytes(StandardCharsets.UTF_8);
    }
}
