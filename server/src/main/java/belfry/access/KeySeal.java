package belfry.access;

import belfry.seal.BrokenSealException;
import belfry.seal.RootKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Seals the secret halves of keys, each bound to its kind and its key id. */
final class KeySeal {
    private final RootKey root;
    private final String kind;

    /** @param kind what the keys are: {@code access-key}, {@code session} */
    KeySeal(RootKey root, String kind) {
        this.root = root;
        this.kind = kind;
    }

    byte[] seal(String keyId, String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.US_ASCII);
        try {
            return root.seal(purpose(keyId), bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** @throws IllegalStateException where the sealed bytes are not those of this key */
    String open(String keyId, byte[] sealed) {
        try {
            byte[] bytes = root.open(purpose(keyId), sealed);
            String secret = new String(bytes, StandardCharsets.US_ASCII);
            Arrays.fill(bytes, (byte) 0);
            return secret;
        } catch (BrokenSealException e) {
            throw new IllegalStateException(
                    "the key " + purpose(keyId) + " does not open: the database was changed", e);
        }
    }

    private String purpose(String keyId) {
        return "iam/" + kind + "/" + keyId;
    }
}
