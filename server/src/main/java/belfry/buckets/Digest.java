package belfry.buckets;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.zip.Checksum;

/** A checksum in the making. */
interface Digest {
    void update(byte[] bytes, int offset, int length);

    /** The value, big-endian; the digest is used up. */
    byte[] finish();

    static Digest of(MessageDigest digest) {
        return new Digest() {
            @Override
            public void update(byte[] bytes, int offset, int length) {
                digest.update(bytes, offset, length);
            }

            @Override
            public byte[] finish() {
                return digest.digest();
            }
        };
    }

    /** @param width the value's bytes: 4 or 8 */
    static Digest of(Checksum checksum, int width) {
        return new Digest() {
            @Override
            public void update(byte[] bytes, int offset, int length) {
                checksum.update(bytes, offset, length);
            }

            @Override
            public byte[] finish() {
                ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES).putLong(checksum.getValue());
                byte[] value = new byte[width];
                System.arraycopy(buffer.array(), Long.BYTES - width, value, 0, width);
                return value;
            }
        };
    }
}
