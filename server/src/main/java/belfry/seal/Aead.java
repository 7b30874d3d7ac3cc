package belfry.seal;

import belfry.base.Ids;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM. A sealed value is a 12-byte random nonce, the ciphertext and the 16-byte tag. With random nonces one key
 * may seal 2^32 values; whoever seals more derives a key per message (as the vault's key material does).
 */
public final class Aead {
    public static final int KEY_BYTES = 32;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private Aead() {}

    /** Seals {@code plaintext}; {@code context} is bound to it and must be given again to open it. */
    public static byte[] seal(byte[] key, byte[] plaintext, byte[] context, Ids ids) {
        byte[] nonce = ids.bytes(NONCE_BYTES);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, 0, context);
            byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(plaintext.length));
            cipher.doFinal(plaintext, 0, plaintext.length, sealed, NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is part of every JDK", e);
        }
    }

    /**
     * Opens what {@link #seal} made.
     *
     * @throws BrokenSealException when key, context or a single bit differs
     */
    public static byte[] open(byte[] key, byte[] sealed, byte[] context) throws BrokenSealException {
        if (sealed.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
            throw new BrokenSealException();
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, sealed, 0, context);
            return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            throw new BrokenSealException();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is part of every JDK", e);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, int offset, byte[] context)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce, offset, NONCE_BYTES));
        cipher.updateAAD(context);
        return cipher;
    }
}
