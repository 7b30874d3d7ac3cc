package belfry.tools.verify;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.HexFormat;

/** SHA256withRSA, with public keys as ListPublicKeys gives them. */
final class Signatures {
    private static final int INTEGER = 0x02;
    private static final int SEQUENCE = 0x30;
    private static final int LONG_FORM = 0x80;

    private Signatures() {}

    /**
     * Whether {@code signature} was made over {@code text} with the key's private half.
     *
     * @param publicKey PKCS#1 DER
     */
    static boolean valid(byte[] publicKey, String text, String signature) {
        try {
            Signature verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(pkcs1(publicKey));
            verifier.update(text.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(HexFormat.of().parseHex(signature));
        } catch (GeneralSecurityException | IllegalArgumentException | BufferUnderflowException e) {
            return false;
        }
    }

    /** {@code SEQUENCE { modulus INTEGER, publicExponent INTEGER }}. */
    private static PublicKey pkcs1(byte[] der) throws GeneralSecurityException {
        ByteBuffer sequence = element(ByteBuffer.wrap(der), SEQUENCE);
        BigInteger modulus = integer(sequence);
        BigInteger exponent = integer(sequence);
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    }

    private static BigInteger integer(ByteBuffer in) {
        ByteBuffer content = element(in, INTEGER);
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return new BigInteger(bytes);
    }

    private static ByteBuffer element(ByteBuffer in, int tag) {
        if (Byte.toUnsignedInt(in.get()) != tag) {
            throw new IllegalArgumentException("no PKCS#1 public key");
        }
        int length = Byte.toUnsignedInt(in.get());
        if (length >= LONG_FORM) {
            int bytes = length - LONG_FORM;
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = (length << Byte.SIZE) | Byte.toUnsignedInt(in.get());
            }
        }
        ByteBuffer content = in.slice(in.position(), Math.min(Math.max(length, 0), in.remaining()));
        in.position(in.position() + content.remaining());
        return content;
    }
}
