package belfry.engine.pattern;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A piece of text as UTF-8 bytes, compared with and searched in bytes. */
final class Utf8 {
    private final byte[] bytes;

    private Utf8(byte[] bytes) {
        this.bytes = bytes;
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

    /** Whether this text occurs between {@code from} and {@code to}. */
    boolean occursIn(byte[] b, int from, int to) {
        if (bytes.length == 0) {
            return true;
        }
        byte first = bytes[0];
        int last = to - bytes.length;
        for (int i = from; i <= last; i++) {
            if (b[i] == first && standsAt(b, i)) {
                return true;
            }
        }
        return false;
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
