package belfry.trail;

import belfry.seal.BrokenSealException;
import belfry.seal.RootKey;
import belfry.store.Row;
import belfry.store.Store;
import belfry.store.Tx;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The RSA keys that sign digests: per region, made when the first digest needs one, followed by another after
 * {@link #PERIOD} (semantics: cloudtrail.md §5.1, §5.2; docs/decisions/0411). A private half lies sealed by the root key
 * and is destroyed when its successor is made.
 */
public final class SigningKeys {
    /** How long a key signs. */
    public static final Duration PERIOD = Duration.ofDays(90);

    private static final int BITS = 2048;
    private static final String COLUMNS =
            "SELECT region, fingerprint, public_key, private_key, valid_from, valid_to FROM trail_signing_key ";

    private final RootKey root;

    public SigningKeys(RootKey root) {
        this.root = root;
    }

    /**
     * A public key as ListPublicKeys shows it.
     *
     * @param publicKey PKCS#1 DER
     * @param sealed the private half; null once destroyed
     */
    record Kept(
            String region,
            String fingerprint,
            byte[] publicKey,
            byte @Nullable [] sealed,
            Instant validFrom,
            Instant validTo) {
        static Kept of(Row row) {
            return new Kept(row.text(1), row.text(2), row.bytes(3), row.bytesOrNull(4), row.instant(5), row.instant(6));
        }
    }

    /** The keys that may have signed digests of the time from {@code from} to {@code to}, oldest first. */
    static List<Kept> between(Tx tx, String region, Instant from, Instant to) {
        return tx.query(
                COLUMNS + "WHERE region = ? AND valid_from <= ? AND valid_to >= ? ORDER BY valid_from",
                Kept::of,
                region,
                to,
                from);
    }

    /**
     * Who signs the region's digest of the time from {@code from} to {@code to}. Makes a key where none is there or the
     * last has served its time, which takes a moment: not for use inside a transaction. A digest that comes late, because
     * its bucket had refused, is signed by today's key, whose validity is stretched to it.
     */
    public Signer signer(Store store, String region, Instant from, Instant to) {
        Optional<Kept> last = store.read(tx -> tx.first(
                COLUMNS + "WHERE region = ? AND private_key IS NOT NULL ORDER BY valid_from DESC", Kept::of, region));
        if (last.isEmpty() || to.isAfter(last.get().validTo())) {
            return opened(make(store, region, from));
        }
        Kept key = last.get();
        if (from.isBefore(key.validFrom())) {
            store.change(tx -> tx.update(
                    "UPDATE trail_signing_key SET valid_from = ? WHERE region = ? AND fingerprint = ?",
                    from,
                    region,
                    key.fingerprint()));
        }
        return opened(key);
    }

    private Kept make(Store store, String region, Instant from) {
        KeyPair pair = generate();
        byte[] publicKey = Pkcs1.encode((RSAPublicKey) pair.getPublic());
        String fingerprint = Pkcs1.fingerprint(publicKey);
        byte[] secret = pair.getPrivate().getEncoded();
        Kept key = new Kept(
                region,
                fingerprint,
                publicKey,
                root.seal(purpose(region, fingerprint), secret),
                from,
                from.plus(PERIOD));
        Arrays.fill(secret, (byte) 0);
        store.change(tx -> {
            tx.update("UPDATE trail_signing_key SET private_key = NULL WHERE region = ?", region);
            tx.update(
                    "INSERT INTO trail_signing_key (region, fingerprint, public_key, private_key, valid_from, valid_to)"
                            + " VALUES (?, ?, ?, ?, ?, ?)",
                    region,
                    fingerprint,
                    publicKey,
                    key.sealed(),
                    key.validFrom(),
                    key.validTo());
        });
        return key;
    }

    private Signer opened(Kept key) {
        byte[] sealed = key.sealed();
        if (sealed == null) {
            throw new IllegalStateException("the private half of " + key.fingerprint() + " has been destroyed");
        }
        try {
            return new Signer(key.fingerprint(), root.open(purpose(key.region(), key.fingerprint()), sealed));
        } catch (BrokenSealException e) {
            throw new IllegalStateException("the signing key " + key.fingerprint() + " is damaged", e);
        }
    }

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("RSA is part of every JDK", e);
        }
    }

    private static String purpose(String region, String fingerprint) {
        return "trail/signing/" + region + "/" + fingerprint;
    }
}
