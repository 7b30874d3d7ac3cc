package belfry.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A ciphertext that names its key: one byte of format, the key id (36 ASCII characters), the number of the key's material
 * (4 bytes), a salt (16 bytes) from which the message's own key is derived, and the sealed message. All before the message
 * is bound to it, so that no bit of the blob can be changed unnoticed.
 */
record CiphertextBlob(String keyId, int material, byte[] salt, byte[] sealed) {
    static final int SALT_BYTES = 16;
    static final Pattern KEY_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32}");

    private static final byte FORMAT = 1;
    private static final int KEY_ID_BYTES = 36;
    private static final int HEADER_BYTES = 1 + KEY_ID_BYTES + Integer.BYTES + SALT_BYTES;

    CiphertextBlob {
        if (!KEY_ID.matcher(keyId).matches() || salt.length != SALT_BYTES) {
            throw new IllegalArgumentException("a ciphertext names its key and has its salt");
        }
    }

    /** What is bound to the message: everything before it, and the encryption context. */
    static byte[] bound(String keyId, int material, byte[] salt, byte[] context) {
        return header(keyId, material, salt, context.length).put(context).array();
    }

    byte[] bound(byte[] context) {
        return bound(keyId, material, salt, context);
    }

    byte[] encode() {
        return header(keyId, material, salt, sealed.length).put(sealed).array();
    }

    /** The parts, or empty where the bytes were not made here. */
    static Optional<CiphertextBlob> decode(byte[] bytes) {
        if (bytes.length <= HEADER_BYTES || bytes[0] != FORMAT) {
            return Optional.empty();
        }
        String keyId = new String(bytes, 1, KEY_ID_BYTES, StandardCharsets.ISO_8859_1);
        if (!KEY_ID.matcher(keyId).matches()) {
            return Optional.empty();
        }
        int material = ByteBuffer.wrap(bytes, 1 + KEY_ID_BYTES, Integer.BYTES).getInt();
        byte[] salt = Arrays.copyOfRange(bytes, HEADER_BYTES - SALT_BYTES, HEADER_BYTES);
        byte[] sealed = Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length);
        return Optional.of(new CiphertextBlob(keyId, material, salt, sealed));
    }

    private static ByteBuffer header(String keyId, int material, byte[] salt, int more) {
        return ByteBuffer.allocate(HEADER_BYTES + more)
                .put(FORMAT)
                .put(keyId.getBytes(StandardCharsets.US_ASCII))
                .putInt(material)
                .put(salt);
    }
}
