package belfry.engine.pattern;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A piece of text as UTF-8 bytes, compared with and searched in bytes. */
final class Utf8 {
    private final byte[] bytes;
    private int rareAt;
    private int otherAt;
    private long rareWord;
    private long otherWord;

    private Utf8(byte[] bytes) {
        this.bytes = bytes;
        if (bytes.length > 0) {
            rareAt = rarest(bytes, -1);
            otherAt = rarest(bytes, rareAt);
            rareWord = Swar.repeat(bytes[rareAt]);
            otherWord = Swar.repeat(bytes[otherAt]);
        }
    }

    static Utf8 of(String text) {
        return new Utf8(text.getBytes(StandardCharsets.UTF_8));
    }

    int length() {
        return bytes.length;
    }

    boolean isNumber() {
        return Decimal.isNumber(bytes, 0, bytes.length);
    }

    /** Whether the bytes between {@code from} and {@code to} are this text. */
    boolean is(byte[] b, int from, int to) {
        return Arrays.equals(b, from, to, bytes, 0, bytes.length);
    }

    /** Whether this text stands at {@code from}; there must be room for it. */
    boolean standsAt(byte[] b, int from) {
        return Arrays.equals(b, from, from + bytes.length, bytes, 0, bytes.length);
    }

    /** How the bytes compare with this text, byte by byte: negative, zero or positive. */
    int compareFrom(byte[] b, int from, int to) {
        return Arrays.compareUnsigned(b, from, to, bytes, 0, bytes.length);
    }

    byte[] copy() {
        return bytes.clone();
    }

    /** Whether this text occurs between {@code from} and {@code to}. */
    boolean occursIn(byte[] b, int from, int to) {
        return indexIn(b, from, to) >= 0;
    }

    /** Where this text first occurs between {@code from} and {@code to}, or -1. */
    int indexIn(byte[] b, int from, int to) {
        if (bytes.length == 0) {
            return from;
        }
        int last = to - bytes.length;
        int i = from;
        // Eight places at once: where both of the text's two rarest bytes may fit, the whole text is compared.
        for (; i + 2 * Swar.WIDTH - 1 <= last; i += 2 * Swar.WIDTH) {
            long near = candidates(b, i);
            long far = candidates(b, i + Swar.WIDTH);
            if ((near | far) != 0) {
                int at = firstAt(b, i, near);
                at = at >= 0 ? at : firstAt(b, i + Swar.WIDTH, far);
                if (at >= 0) {
                    return at;
                }
            }
        }
        for (; i <= last; i++) {
            if (b[i + rareAt] == bytes[rareAt] && standsAt(b, i)) {
                return i;
            }
        }
        return -1;
    }

    private long candidates(byte[] b, int at) {
        // Zero only where both bytes are the text's.
        return Swar.zeros((Swar.word(b, at + rareAt) ^ rareWord) | (Swar.word(b, at + otherAt) ^ otherWord));
    }

    private int firstAt(byte[] b, int base, long candidates) {
        for (long left = candidates; left != 0; left &= left - 1) {
            int at = base + Swar.first(left);
            if (standsAt(b, at)) {
                return at;
            }
        }
        return -1;
    }

    /** The index of the byte that is rarest in logs, other than {@code except}. */
    private static int rarest(byte[] bytes, int except) {
        int best = -1;
        for (int i = 0; i < bytes.length; i++) {
            if (i != except && (best < 0 || commonness(bytes[i]) < commonness(bytes[best]))) {
                best = i;
            }
        }
        return Math.max(best, 0);
    }

    /** A rough rank of how often a byte occurs in JSON and text logs. */
    private static int commonness(byte b) {
        if (b == '"' || b == ' ' || b == ',' || b == ':' || b == 'e') {
            return 4;
        }
        if (b >= 'a' && b <= 'z') {
            return "jqxzkvwy".indexOf(b) >= 0 ? 1 : 3;
        }
        return b >= '0' && b <= '9' ? 2 : 1;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Utf8 that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
