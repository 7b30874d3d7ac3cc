package belfry.trail;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.util.HexFormat;

/** Public keys as ListPublicKeys gives them: PKCS#1's RSAPublicKey, not X.509's SubjectPublicKeyInfo (semantics: §5.2). */
final class Pkcs1 {
    private static final byte INTEGER = 0x02;
    private static final byte SEQUENCE = 0x30;
    private static final int LONG_FORM = 0x80;

    private Pkcs1() {}

    /** {@code SEQUENCE { modulus INTEGER, publicExponent INTEGER }} in DER. */
    static byte[] encode(RSAPublicKey key) {
        byte[] modulus = integer(key.getModulus());
        byte[] exponent = integer(key.getPublicExponent());
        byte[] both = ByteBuffer.allocate(modulus.length + exponent.length)
                .put(modulus)
                .put(exponent)
                .array();
        return element(SEQUENCE, both);
    }

    /** 32 hexadecimal digits that name the key. AWS does not say how it makes its own; MD5 is no protection here, only a name. */
    static String fingerprint(byte[] publicKey) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(publicKey));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("MD5 is part of every JDK", e);
        }
    }

    private static byte[] integer(BigInteger value) {
        return element(INTEGER, value.toByteArray());
    }

    private static byte[] element(byte tag, byte[] content) {
        byte[] length = length(content.length);
        return ByteBuffer.allocate(1 + length.length + content.length)
                .put(tag)
                .put(length)
                .put(content)
                .array();
    }

    private static byte[] length(int length) {
        if (length < LONG_FORM) {
            return new byte[] {(byte) length};
        }
        byte[] bytes = BigInteger.valueOf(length).toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        ByteBuffer out = ByteBuffer.allocate(1 + bytes.length - from);
        out.put((byte) (LONG_FORM | (bytes.length - from)));
        out.put(bytes, from, bytes.length - from);
        return out.array();
    }
}
