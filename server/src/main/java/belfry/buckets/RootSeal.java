package belfry.buckets;

import belfry.base.Ids;
import belfry.seal.Aead;
import belfry.seal.BrokenSealException;
import belfry.seal.RootKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Chunks under AES-256-GCM, each blob with a data key of its own, which the root key seals. */
final class RootSeal implements ContentSeal {
    private final RootKey root;
    private final Ids ids;

    RootSeal(RootKey root, Ids ids) {
        this.root = root;
        this.ids = ids;
    }

    @Override
    public byte[] newKey(String blob) {
        byte[] key = ids.bytes(Aead.KEY_BYTES);
        try {
            return wrap(blob, key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    @Override
    public byte[] wrap(String blob, byte[] dataKey) {
        return root.seal(purpose(blob), dataKey);
    }

    @Override
    public byte[] seal(byte[] sealedKey, String blob, long number, byte[] chunk) {
        byte[] key = key(sealedKey, blob);
        try {
            return Aead.seal(key, chunk, place(blob, number), ids);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    @Override
    public byte[] open(byte[] sealedKey, String blob, long number, byte[] sealed) {
        byte[] key = key(sealedKey, blob);
        try {
            return Aead.open(key, sealed, place(blob, number));
        } catch (BrokenSealException e) {
            throw new IllegalStateException("a chunk of blob " + blob + " is damaged", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private byte[] key(byte[] sealedKey, String blob) {
        try {
            return root.open(purpose(blob), sealedKey);
        } catch (BrokenSealException e) {
            throw new IllegalStateException("the key of blob " + blob + " is damaged", e);
        }
    }

    private static String purpose(String blob) {
        return "s3/" + blob;
    }

    /** Which chunk of which blob it is, bound to the chunk so that none can stand in another's place. */
    private static byte[] place(String blob, long number) {
        byte[] name = blob.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(name.length + Long.BYTES)
                .put(name)
                .putLong(number)
                .array();
    }
}
