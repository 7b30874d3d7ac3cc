package belfry.vault;

import java.util.Arrays;

/**
 * What a ciphertext held. {@link #close} overwrites it.
 *
 * @param keyArn the KMS key that had sealed it
 * @param materialId which of the key's materials had
 */
public record Opened(byte[] plaintext, String keyArn, String materialId) implements AutoCloseable {
    @Override
    public void close() {
        Arrays.fill(plaintext, (byte) 0);
    }

    /** Never the content. */
    @Override
    public String toString() {
        return "Opened[" + keyArn + "]";
    }
}
