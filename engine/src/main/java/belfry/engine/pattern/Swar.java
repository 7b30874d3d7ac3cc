package belfry.engine.pattern;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looking at eight bytes at once: tests answer a word whose lowest set bit lies in the first byte that fits. */
final class Swar {
    static final int WIDTH = 8;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;

    private Swar() {}

    static long word(byte[] b, int at) {
        return (long) WORDS.get(b, at);
    }

    static long repeat(byte value) {
        return (value & 0xffL) * ONES;
    }

    /** The top bit of every zero byte; above the first, other bits may be set too. */
    static long zeros(long word) {
        return (word - ONES) & ~word & TOPS;
    }

    /** The top bit of the first byte that ends or interrupts a JSON string: quote, backslash, control character. */
    static long stringBreaks(long word) {
        long quotes = zeros(word ^ (ONES * '"'));
        long slashes = zeros(word ^ (ONES * '\\'));
        long controls = (word - ONES * ' ') & ~word & TOPS;
        return quotes | slashes | controls;
    }

    static boolean hasSlash(long word) {
        return zeros(word ^ (ONES * '\\')) != 0;
    }

    /** Whether the two bytes {@code \}{@code u} stand anywhere, which begin an escaped character in JSON. */
    static boolean hasUnicodeEscape(byte[] b, int from, int to) {
        int i = from;
        while (i < to) {
            while (i + 4 * WIDTH <= to && slashes(b, i) == 0) {
                i += 4 * WIDTH;
            }
            int stop = Math.min(i + 4 * WIDTH, to);
            for (; i < stop; i++) {
                if (b[i] == '\\' && i + 1 < to && b[i + 1] == 'u') {
                    return true;
                }
            }
        }
        return false;
    }

    private static long slashes(byte[] b, int at) {
        long slash = ONES * '\\';
        return zeros(word(b, at) ^ slash)
                | zeros(word(b, at + WIDTH) ^ slash)
                | zeros(word(b, at + 2 * WIDTH) ^ slash)
                | zeros(word(b, at + 3 * WIDTH) ^ slash);
    }

    /** Which byte of the word the lowest set bit lies in. */
    static int first(long bits) {
        return Long.numberOfTrailingZeros(bits) >> 3;
    }
}
