package belfry.topics.signing;

import belfry.base.Clock;
import belfry.base.Ids;
import belfry.seal.BrokenSealException;
import belfry.seal.RootKey;
import belfry.store.Store;
import belfry.store.Tx;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signs messages as SNS does: version 1 is SHA1withRSA, version 2 is SHA256withRSA (semantics: sns.md §5). The key is made
 * when it is first needed and lies in the store, sealed under the root key.
 */
public final class Signer {
    private static final int KEY_BITS = 2_048;
    private static final int ID_LENGTH = 32;
    private static final int SERIAL_BYTES = 16;

    /**
     * A signature.
     *
     * @param base64 its bytes
     * @param keyId names the certificate
     */
    public record Signed(String base64, String keyId) {}

    private record Key(String id, PrivateKey secret) {}

    private record Memory(String keyId, String version, String text, Signed signed) {}

    private final Store store;
    private final RootKey root;
    private final Ids ids;
    private final Clock clock;
    private volatile @Nullable Key opened;
    // One message goes to many subscribers; RSA with PKCS #1 padding gives the same signature every time.
    private volatile @Nullable Memory last;

    public Signer(Store store, RootKey root, Ids ids, Clock clock) {
        this.store = store;
        this.root = root;
        this.ids = ids;
        this.clock = clock;
    }

    /** Makes the key where there is none yet, outside any transaction, for that takes a while. */
    public void prepare() {
        if (store.read(Signer::newest).isEmpty()) {
            Made made = make();
            store.change(tx -> {
                if (newest(tx).isEmpty()) {
                    insert(tx, made);
                }
            });
        }
    }

    /** @param version {@code 1} or {@code 2} */
    public Signed sign(Tx tx, String version, String text) {
        Key key = key(tx);
        Memory before = last;
        if (before != null
                && before.keyId().equals(key.id())
                && before.version().equals(version)
                && before.text().equals(text)) {
            return before.signed();
        }
        try {
            Signature signature = Signature.getInstance(version.equals("2") ? "SHA256withRSA" : "SHA1withRSA");
            signature.initSign(key.secret());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            Signed signed = new Signed(Base64.getEncoder().encodeToString(signature.sign()), key.id());
            last = new Memory(key.id(), version, text, signed);
            return signed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("RSA is part of every JDK", e);
        }
    }

    /** The certificate of a key, as PEM. */
    public static Optional<String> certificate(Tx tx, String keyId) {
        return tx.first("SELECT certificate FROM signing_key WHERE id = ?", row -> row.text(1), keyId);
    }

    private Key key(Tx tx) {
        Optional<String> newest = newest(tx);
        Key known = opened;
        if (known != null && newest.equals(Optional.of(known.id()))) {
            return known;
        }
        String id = newest.orElseGet(() -> insert(tx, make()));
        Key key = open(tx, id);
        opened = key;
        return key;
    }

    private Key open(Tx tx, String id) {
        byte[] sealed = tx.first("SELECT sealed FROM signing_key WHERE id = ?", row -> row.bytes(1), id)
                .orElseThrow();
        try {
            byte[] encoded = root.open(purpose(id), sealed);
            try {
                return new Key(id, KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded)));
            } finally {
                Arrays.fill(encoded, (byte) 0);
            }
        } catch (BrokenSealException e) {
            throw new IllegalStateException("the key that messages are signed with does not open", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("RSA is part of every JDK", e);
        }
    }

    private static Optional<String> newest(Tx tx) {
        return tx.first("SELECT id FROM signing_key ORDER BY created_at DESC, id LIMIT 1", row -> row.text(1));
    }

    private record Made(String id, byte[] sealed, String certificate) {}

    private Made make() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            KeyPair keys = generator.generateKeyPair();
            String id = ids.hex(ID_LENGTH);
            byte[] encoded = keys.getPrivate().getEncoded();
            byte[] sealed = root.seal(purpose(id), encoded);
            Arrays.fill(encoded, (byte) 0);
            return new Made(id, sealed, Certificates.make(keys, ids.bytes(SERIAL_BYTES), clock.now()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("RSA is part of every JDK", e);
        }
    }

    private String insert(Tx tx, Made made) {
        tx.update(
                "INSERT INTO signing_key (id, sealed, certificate, created_at) VALUES (?, ?, ?, ?)",
                made.id(),
                made.sealed(),
                made.certificate(),
                clock.now());
        return made.id();
    }

    private static String purpose(String id) {
        return "sns/signing/" + id;
    }
}
