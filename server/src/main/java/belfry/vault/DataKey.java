package belfry.vault;

import java.util.Arrays;

/**
 * A data key: the plaintext to encrypt with, and the same sealed by a KMS key, to keep. {@link #close} overwrites the
 * plaintext.
 *
 * @param keyArn the KMS key that sealed it
 * @param materialId which of the key's materials did
 */
public record DataKey(byte[] plaintext, byte[] ciphertext, String keyArn, String materialId) implements AutoCloseable {
    @Override
    public void close() {
        Arrays.fill(plaintext, (byte) 0);
    }

    /** Never the key itself. */
    @Override
    public String toString() {
        return "DataKey[" + keyArn + "]";
    }
}
