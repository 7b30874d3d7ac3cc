package belfry.vault;

import belfry.base.Ids;
import belfry.seal.Aead;
import belfry.seal.BrokenSealException;
import belfry.seal.RootKey;
import belfry.store.Row;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Key material: made, kept sealed by the root key, and used for one message at a time. Each message has a key of its own,
 * derived from the material and the message's salt (HKDF-SHA256), so one KMS key may seal any number of messages.
 */
final class Materials {
    /** How a material came to be, as ListKeyRotations tells it. */
    enum Origin {
        CREATED,
        AUTOMATIC,
        ON_DEMAND
    }

    /** A material as row. */
    record Material(int number, String materialId, byte[] sealed, Origin origin, Instant createdAt) {}

    private static final Logger LOG = LoggerFactory.getLogger(Materials.class);
    private static final byte[] INFO = "belfry kms message key".getBytes(StandardCharsets.US_ASCII);
    private static final String SELECT = "SELECT number, material_id, sealed, origin, created_at FROM kms_material"
            + " WHERE account = ? AND region = ? AND key_id = ?";

    private final RootKey root;
    private final Ids ids;

    Materials(RootKey root, Ids ids) {
        this.root = root;
        this.ids = ids;
    }

    /** Makes new material for the key and keeps it, sealed. */
    void add(Tx tx, Key key, int number, Origin origin, Instant now) {
        byte[] material = ids.bytes(Aead.KEY_BYTES);
        try {
            tx.update(
                    "INSERT INTO kms_material (account, region, key_id, number, material_id, sealed, origin, created_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    key.place().account(),
                    key.place().region(),
                    key.keyId(),
                    number,
                    ids.hex(64),
                    root.seal(purpose(key, number), material),
                    origin.name(),
                    now);
        } finally {
            Arrays.fill(material, (byte) 0);
        }
    }

    static Material current(Tx tx, Key key) {
        return find(tx, key, key.material())
                .orElseThrow(() -> new IllegalStateException("the key " + key.arn() + " has lost its material"));
    }

    static Optional<Material> find(Tx tx, Key key, int number) {
        return tx.first(
                SELECT + " AND number = ?",
                Materials::material,
                key.place().account(),
                key.place().region(),
                key.keyId(),
                number);
    }

    /** All materials of the key, oldest first. */
    static List<Material> all(Tx tx, Key key) {
        return tx.query(
                SELECT + " ORDER BY number",
                Materials::material,
                key.place().account(),
                key.place().region(),
                key.keyId());
    }

    private static Material material(Row row) {
        return new Material(
                Math.toIntExact(row.number(1)), row.text(2), row.bytes(3), Origin.valueOf(row.text(4)), row.instant(5));
    }

    /** Seals a message under the material; {@code context} is the encryption context's bytes. */
    byte[] seal(Key key, Material material, byte[] plaintext, byte[] context) {
        byte[] salt = ids.bytes(CiphertextBlob.SALT_BYTES);
        byte[] messageKey = messageKey(key, material, salt);
        try {
            byte[] bound = CiphertextBlob.bound(key.keyId(), material.number(), salt, context);
            byte[] sealed = Aead.seal(messageKey, plaintext, bound, ids);
            return new CiphertextBlob(key.keyId(), material.number(), salt, sealed).encode();
        } finally {
            Arrays.fill(messageKey, (byte) 0);
        }
    }

    byte[] open(Key key, Material material, CiphertextBlob blob, byte[] context) throws BrokenSealException {
        byte[] messageKey = messageKey(key, material, blob.salt());
        try {
            return Aead.open(messageKey, blob.sealed(), blob.bound(context));
        } finally {
            Arrays.fill(messageKey, (byte) 0);
        }
    }

    private byte[] messageKey(Key key, Material material, byte[] salt) {
        byte[] raw = unsealed(key, material);
        try {
            var parameters =
                    HKDFParameterSpec.ofExtract().addIKM(raw).addSalt(salt).thenExpand(INFO, Aead.KEY_BYTES);
            return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HKDF-SHA256 is part of every JDK since 25", e);
        } finally {
            Arrays.fill(raw, (byte) 0);
        }
    }

    private byte[] unsealed(Key key, Material material) {
        try {
            return root.open(purpose(key, material.number()), material.sealed());
        } catch (BrokenSealException e) {
            LOG.error(
                    "the material {} of key {} does not open: the database was changed", material.number(), key.arn());
            throw ServiceException.of(
                    "KMSInternalException",
                    500,
                    "The request was rejected because an internal"
                            + " exception occurred. The request can be retried.");
        }
    }

    private static String purpose(Key key, int number) {
        return "kms/" + key.place().account() + "/" + key.place().region() + "/" + key.keyId() + "/" + number;
    }
}
