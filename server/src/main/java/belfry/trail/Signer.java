package belfry.trail;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Signs with one opened private key; {@link #close} overwrites it. */
public final class Signer implements AutoCloseable {
    private final String fingerprint;
    private final byte[] secret;

    /** @param secret PKCS#8; this object's own from now on */
    Signer(String fingerprint, byte[] secret) {
        this.fingerprint = fingerprint;
        this.secret = secret;
    }

    /** Of the public key: 32 hexadecimal digits. */
    public String fingerprint() {
        return fingerprint;
    }

    /** SHA256withRSA (PKCS#1 v1.5) over the text's UTF-8, in hexadecimal. */
    public String sign(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(secret)));
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the signing key " + fingerprint + " cannot sign", e);
        }
    }

    @Override
    public void close() {
        Arrays.fill(secret, (byte) 0);
    }
}
