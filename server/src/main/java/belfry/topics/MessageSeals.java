package belfry.topics;

import belfry.base.Arn;
import belfry.base.Ids;
import belfry.base.Json;
import belfry.seal.Aead;
import belfry.seal.BrokenSealException;
import belfry.store.Tx;
import belfry.vault.DataKey;
import belfry.vault.Keys;
import belfry.vault.Opened;
import belfry.vault.Place;
import belfry.wire.ServiceException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Seals what is kept of encrypted topics' messages, under data keys that the topics' KMS keys seal. Lent to the store's
 * transactions, for messages are written and read in many places. Whoever opens one passes the KMS key's state: while
 * the key is disabled nothing of it can be read, and once it is deleted never again (docs/decisions/0817).
 */
public final class MessageSeals {
    /** Stands for a message of a topic without a key. */
    public static final long NONE = 0;

    /** As long does AWS use a data key again, for one producer. */
    static final Duration REUSED = Duration.ofMinutes(5);

    private static final String CONTEXT = "aws:sns:topicArn";

    private final Keys keys;
    private final Ids ids;

    /** @param ids from a secure source of randomness */
    public MessageSeals(Keys keys, Ids ids) {
        this.keys = keys;
        this.ids = ids;
    }

    /** What was sealed cannot be read: not now, or never again. */
    public static final class LockedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Locked locked;

        LockedException(String reason, boolean forGood) {
            super(reason);
            this.locked = new Locked(reason, forGood);
        }

        /** Why. */
        public Locked locked() {
            return locked;
        }
    }

    /** The encryption context of a topic's data keys. */
    static Map<String, String> context(String topicArn) {
        return Map.of(CONTEXT, topicArn);
    }

    static Place place(String topicArn) {
        Arn arn = Arn.parse(topicArn).orElseThrow();
        return new Place(arn.account(), arn.region());
    }

    /** A producer's data key that is still in use. */
    static Optional<Long> current(Tx tx, String topicArn, String kmsKey, String producer, Instant now) {
        return tx.first(
                "SELECT id FROM topic_key WHERE topic_arn = ? AND kms_key = ? AND producer = ? AND created_at > ?"
                        + " AND data_key IS NOT NULL ORDER BY id DESC LIMIT 1",
                row -> row.number(1),
                topicArn,
                kmsKey,
                producer,
                now.minus(REUSED));
    }

    /**
     * A fresh one.
     *
     * @throws ServiceException in KMS's words
     */
    long make(Tx tx, String topicArn, String kmsKey, String producer, Instant now) {
        Map<String, String> context = context(topicArn);
        try (DataKey made = keys.generateDataKey(tx, place(topicArn), kmsKey, Aead.KEY_BYTES, context, now)) {
            return tx.first(
                            "INSERT INTO topic_key (topic_arn, kms_key, producer, data_key, created_at)"
                                    + " VALUES (?, ?, ?, ?, ?) RETURNING id",
                            row -> row.number(1),
                            topicArn,
                            kmsKey,
                            producer,
                            made.ciphertext(),
                            now)
                    .orElseThrow();
        }
    }

    /**
     * Seals content.
     *
     * @param what names it and its row: it opens as nothing else
     */
    public static byte[] seal(Tx tx, long keyId, String what, JsonNode content) {
        return of(tx).sealed(tx, keyId, what, content);
    }

    /**
     * Opens what {@link #seal} made.
     *
     * @throws LockedException where the KMS key does not let it be read
     */
    public static JsonNode open(Tx tx, long keyId, String what, byte[] sealed) {
        return of(tx).opened(tx, keyId, what, sealed);
    }

    private static MessageSeals of(Tx tx) {
        return tx.lent(MessageSeals.class).orElseThrow();
    }

    private byte[] sealed(Tx tx, long keyId, String what, JsonNode content) {
        byte[] plain = Json.write(content).getBytes(StandardCharsets.UTF_8);
        try (Opened key = dataKey(tx, keyId)) {
            return Aead.seal(key.plaintext(), plain, bound(keyId, what), ids);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private JsonNode opened(Tx tx, long keyId, String what, byte[] sealed) {
        try (Opened key = dataKey(tx, keyId)) {
            byte[] plain = Aead.open(key.plaintext(), sealed, bound(keyId, what));
            JsonNode content = Json.parse(new String(plain, StandardCharsets.UTF_8));
            Arrays.fill(plain, (byte) 0);
            return content;
        } catch (BrokenSealException e) {
            throw new LockedException("it does not open: the database was changed", true);
        }
    }

    private record Stored(String topicArn, byte[] dataKey) {}

    private Opened dataKey(Tx tx, long keyId) {
        Stored stored = tx.first(
                        "SELECT topic_arn, data_key FROM topic_key WHERE id = ? AND data_key IS NOT NULL",
                        row -> new Stored(row.text(1), row.bytes(2)),
                        keyId)
                .orElseThrow(() -> new LockedException("its data key is gone", true));
        try {
            return keys.decrypt(tx, place(stored.topicArn()), stored.dataKey(), context(stored.topicArn()));
        } catch (ServiceException e) {
            // Disabled, or to be deleted: both can be taken back. A key that is gone cannot.
            boolean back = e.code().equals("DisabledException") || e.code().equals("KMSInvalidStateException");
            ServiceException said = KmsFaults.asSnsSays(e);
            throw new LockedException(said.code() + ": " + said.getMessage(), !back);
        }
    }

    private static byte[] bound(long keyId, String what) {
        return ("topic-message:" + keyId + ":" + what).getBytes(StandardCharsets.UTF_8);
    }

    /** Forgets data keys made before {@code before} under which nothing is kept any more. */
    static void forget(Tx tx, Instant before) {
        tx.update(
                "DELETE FROM topic_key WHERE created_at < ?"
                        + " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.key_id = topic_key.id AND o.key_id > 0)"
                        + " AND NOT EXISTS (SELECT 1 FROM errand e WHERE e.key_id = topic_key.id AND e.key_id > 0)"
                        + " AND NOT EXISTS (SELECT 1 FROM alert_page p WHERE p.key_id = topic_key.id AND p.key_id > 0)"
                        + " AND NOT EXISTS (SELECT 1 FROM mailbox m WHERE m.key_id = topic_key.id AND m.key_id > 0)",
                before);
    }
}
