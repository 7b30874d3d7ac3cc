package belfry.topics.signing;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * Makes the X.509 certificate that goes with a signing key. It signs itself; readers trust it because of where they fetched
 * it. Its common name is the one that AWS's validators ask for.
 */
final class Certificates {
    private static final String COMMON_NAME = "sns.amazonaws.com";
    private static final Duration VALID = Duration.ofDays(30 * 365);
    private static final Duration SKEW = Duration.ofDays(1);
    private static final String SHA256_WITH_RSA = "1.2.840.113549.1.1.11";

    private Certificates() {}

    /** The certificate as PEM. */
    static String make(KeyPair keys, byte[] serial, Instant now) throws GeneralSecurityException {
        byte[] algorithm = Der.sequence(Der.oid(SHA256_WITH_RSA), Der.nothing());
        byte[] name = Der.sequence(
                Der.set(Der.sequence(Der.oid("2.5.4.10"), Der.text("Belfry"))),
                Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.text(COMMON_NAME))));
        byte[] validity = Der.sequence(Der.time(now.minus(SKEW)), Der.time(now.plus(VALID)));
        byte[] body = Der.sequence(
                Der.explicit(0, Der.integer(new byte[] {2})),
                Der.integer(positive(serial)),
                algorithm,
                name,
                validity,
                name,
                keys.getPublic().getEncoded(),
                Der.explicit(3, Der.sequence(basicConstraints(), keyUsage())));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(body);
        return pem(Der.sequence(body, algorithm, Der.bits(0, signature.sign())));
    }

    /** No certificate authority. */
    private static byte[] basicConstraints() {
        return Der.sequence(Der.oid("2.5.29.19"), Der.yes(), Der.octets(Der.sequence()));
    }

    /** For signatures only: the first bit. */
    private static byte[] keyUsage() {
        return Der.sequence(Der.oid("2.5.29.15"), Der.yes(), Der.octets(Der.bits(7, new byte[] {(byte) 0x80})));
    }

    private static byte[] positive(byte[] serial) {
        byte[] positive = serial.clone();
        positive[0] = (byte) ((positive[0] & 0x7F) | 0x40);
        return positive;
    }

    private static String pem(byte[] der) {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END CERTIFICATE-----\n";
    }
}
