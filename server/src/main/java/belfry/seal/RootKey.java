package belfry.seal;

import belfry.base.Ids;
import belfry.store.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that everything sealed hangs from. It lies in a file of its own beside the database (mode 0600), never in the
 * database: a stolen copy of the database alone opens nothing. Whoever loses the file loses every secret, so it is backed
 * up apart from the database.
 */
public final class RootKey {
    private final Path file;
    private final byte[] key;
    private final Ids ids;

    /**
     * Reads the key, or makes it where the file does not exist yet.
     *
     * @param ids needs a secure source of randomness
     * @throws UnusableRootKeyException if the file is damaged or others may read it
     */
    public RootKey(Path file, Ids ids) {
        this.file = file;
        this.ids = ids;
        this.key = RootKeyFile.readOrCreate(file, ids);
    }

    /**
     * The key of a database: read, or made for a new database. Where the database knows a key and the file is missing, none
     * is made: it would open nothing, and might be taken for the right one.
     *
     * @throws UnusableRootKeyException if it is not this database's, or cannot be used
     */
    public static RootKey of(Store store, Path file, Ids ids) {
        boolean known = store.read(tx -> tx.first("SELECT fingerprint FROM root_key", row -> row.text(1)))
                .isPresent();
        if (known && Files.notExists(file)) {
            throw new UnusableRootKeyException(
                    "The root key " + file + " is missing, and this database is sealed with it."
                            + " Put its backup back; no secret can be opened without it.");
        }
        RootKey key = new RootKey(file, ids);
        key.bind(store);
        return key;
    }

    /**
     * Seals a value.
     *
     * @param purpose what the value is and whose, for example {@code kms/<key id>/1}: it is bound to the sealed bytes, so
     *     that one value cannot be put in another's place
     */
    public byte[] seal(String purpose, byte[] plaintext) {
        return Aead.seal(key, plaintext, purpose.getBytes(StandardCharsets.UTF_8), ids);
    }

    /**
     * Opens a value; the caller overwrites it after use.
     *
     * @throws BrokenSealException when it was sealed for another purpose or by another key, or was changed
     */
    public byte[] open(String purpose, byte[] sealed) throws BrokenSealException {
        return Aead.open(key, sealed, purpose.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Binds the database to this key at its first start and compares at every later one, so that a lost or swapped key
     * file is noticed at the start and not at the first read.
     *
     * @throws UnusableRootKeyException if the database was sealed with another key
     */
    public void bind(Store store) {
        String mine = fingerprint();
        Optional<String> bound = store.write(tx -> {
            tx.update("INSERT INTO root_key (one, fingerprint) VALUES (1, ?) ON CONFLICT (one) DO NOTHING", mine);
            return tx.first("SELECT fingerprint FROM root_key", row -> row.text(1));
        });
        if (!bound.equals(Optional.of(mine))) {
            throw new UnusableRootKeyException("The root key in " + file
                    + " is not the one that this database was sealed with. Put the right file back; without it no secret"
                    + " can be opened.");
        }
    }

    /** Tells keys apart and says nothing about them. */
    private String fingerprint() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] full = mac.doFinal("belfry root key fingerprint".getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(full, 0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is part of every JDK", e);
        }
    }
}
