package belfry.base;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes identifiers from one source of randomness, given by constructor. */
public final class Ids {
    private static final String LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String HEX = "0123456789abcdef";

    private final RandomGenerator random;

    /** Ids that name secrets or tokens need a {@link java.security.SecureRandom}. */
    public Ids(RandomGenerator random) {
        this.random = random;
    }

    /** A random (version 4) UUID in lower case. */
    public String uuid() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    /** {@code length} characters out of {@code A-Za-z0-9}: the suffix of a secret's ARN, the tail of a log file's key. */
    public String alphanumeric(int length) {
        return pick(LETTERS_AND_DIGITS, length);
    }

    /** {@code length} upper-case letters and digits as IAM's unique ids use (AIDA…, AROA…, AKIA…). */
    public String upperAlphanumeric(int length) {
        return pick("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", length);
    }

    /** {@code length} lower-case hexadecimal digits. */
    public String hex(int length) {
        return pick(HEX, length);
    }

    /** Random bytes, for keys and nonces. */
    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A uniformly chosen number from 0 (inclusive) to {@code bound} (exclusive). */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    private String pick(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
