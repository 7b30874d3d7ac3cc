package belfry.engine.pattern;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Strict JSON over bytes: checks and skips values without building anything. A negative index means "not JSON". */
final class Json {
    /** Deeper lines are no JSON to us; also what common readers allow. */
    static final int MAX_DEPTH = 1000;

    static final int BAD = -1;

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private Json() {}

    static int skipBlanks(byte[] b, int from, int to) {
        int i = from;
        while (i < to && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t')) {
            i++;
        }
        return i;
    }

    /** The index behind the value that starts here; {@code depth} containers are open around it. */
    static int skipValue(byte[] b, int from, int to, int depth) {
        if (from >= to) {
            return BAD;
        }
        return switch (b[from]) {
            case '"' -> skipString(b, from, to);
            case '{', '[' -> skipContainer(b, from, to, depth);
            case 't' -> skipLiteral(b, from, to, TRUE);
            case 'f' -> skipLiteral(b, from, to, FALSE);
            case 'n' -> skipLiteral(b, from, to, NULL);
            default -> skipNumber(b, from, to);
        };
    }

    private static int skipLiteral(byte[] b, int from, int to, byte[] literal) {
        int stop = from + literal.length;
        return stop <= to && Arrays.equals(b, from, stop, literal, 0, literal.length) ? stop : BAD;
    }

    /** The index behind the string whose opening quote stands here. */
    static int skipString(byte[] b, int from, int to) {
        int i = from + 1;
        while (i < to) {
            if (i + Swar.WIDTH <= to) {
                long breaks = Swar.stringBreaks(Swar.word(b, i));
                if (breaks == 0) {
                    i += Swar.WIDTH;
                    continue;
                }
                i += Swar.first(breaks);
            }
            byte c = b[i];
            if (c == '"') {
                return i + 1;
            }
            if (c == '\\') {
                i = skipEscape(b, i, to);
                if (i < 0) {
                    return BAD;
                }
            } else if (c >= 0 && c < ' ') {
                return BAD;
            } else {
                i++;
            }
        }
        return BAD;
    }

    /** Whether what stands between a checked string's quotes has no escapes: then it is its own text. */
    static boolean isPlain(byte[] b, int from, int to) {
        int i = from;
        for (; i + Swar.WIDTH <= to; i += Swar.WIDTH) {
            if (Swar.hasSlash(Swar.word(b, i))) {
                return false;
            }
        }
        for (; i < to; i++) {
            if (b[i] == '\\') {
                return false;
            }
        }
        return true;
    }

    private static int skipEscape(byte[] b, int from, int to) {
        if (from + 1 >= to) {
            return BAD;
        }
        return switch (b[from + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> from + 2;
            case 'u' -> {
                boolean hex = from + 6 <= to;
                for (int i = from + 2; hex && i < from + 6; i++) {
                    hex = b[i] >= 0 && Character.digit(b[i], 16) >= 0;
                }
                yield hex ? from + 6 : BAD;
            }
            default -> BAD;
        };
    }

    private static int skipNumber(byte[] b, int from, int to) {
        int i = b[from] == '-' ? from + 1 : from;
        int whole = skipDigits(b, i, to);
        if (whole == i || (b[i] == '0' && whole > i + 1)) {
            return BAD;
        }
        i = whole;
        if (i < to && b[i] == '.') {
            int fraction = skipDigits(b, i + 1, to);
            if (fraction == i + 1) {
                return BAD;
            }
            i = fraction;
        }
        if (i < to && (b[i] | 0x20) == 'e') {
            int digits = i + 1 < to && (b[i + 1] == '-' || b[i + 1] == '+') ? i + 2 : i + 1;
            i = skipDigits(b, digits, to);
            return i > digits ? i : BAD;
        }
        return i;
    }

    private static int skipDigits(byte[] b, int from, int to) {
        int i = from;
        while (i < to && b[i] >= '0' && b[i] <= '9') {
            i++;
        }
        return i;
    }

    /** Walks a whole object or array with a stack of one bit per open container, so depth costs no Java stack. */
    private static int skipContainer(byte[] b, int from, int to, int outside) {
        long[] objects = new long[(MAX_DEPTH + 64) / 64];
        int depth = outside;
        int i = from;
        while (true) {
            // Here a value starts at i.
            if (i < to && (b[i] == '{' || b[i] == '[')) {
                boolean object = b[i] == '{';
                if (++depth > MAX_DEPTH) {
                    return BAD;
                }
                set(objects, depth, object);
                i = skipBlanks(b, i + 1, to);
                if (i < to && b[i] != (object ? '}' : ']')) {
                    i = object ? skipKey(b, i, to) : i;
                    if (i < 0) {
                        return BAD;
                    }
                    continue;
                }
            } else {
                i = skipValue(b, i, to, depth);
                if (i < 0) {
                    return BAD;
                }
                i = skipBlanks(b, i, to);
            }
            // Here a value, or the opening of an empty container, has ended.
            boolean more = false;
            while (!more) {
                boolean object = get(objects, depth);
                if (i >= to) {
                    return BAD;
                }
                if (b[i] == ',') {
                    i = skipBlanks(b, i + 1, to);
                    i = object ? skipKey(b, i, to) : i;
                    if (i < 0) {
                        return BAD;
                    }
                    more = true;
                } else if (b[i] == (object ? '}' : ']')) {
                    if (--depth == outside) {
                        return i + 1;
                    }
                    i = skipBlanks(b, i + 1, to);
                } else {
                    return BAD;
                }
            }
        }
    }

    /** From a key's opening quote to the first byte of its value. */
    static int skipKey(byte[] b, int from, int to) {
        if (from >= to || b[from] != '"') {
            return BAD;
        }
        int end = skipString(b, from, to);
        return end < 0 ? BAD : skipColon(b, end, to);
    }

    /** From behind a key to the first byte of its value. */
    static int skipColon(byte[] b, int from, int to) {
        int i = skipBlanks(b, from, to);
        return i < to && b[i] == ':' ? skipBlanks(b, i + 1, to) : BAD;
    }

    private static void set(long[] bits, int index, boolean value) {
        if (value) {
            bits[index >> 6] |= 1L << index;
        } else {
            bits[index >> 6] &= ~(1L << index);
        }
    }

    private static boolean get(long[] bits, int index) {
        return (bits[index >> 6] >> index & 1) != 0;
    }

    /** The characters of a checked string between {@code from} and {@code to} (without quotes), in UTF-8. */
    static byte[] decode(byte[] b, int from, int to) {
        byte[] out = new byte[to - from];
        int n = 0;
        int i = from;
        while (i < to) {
            if (b[i] != '\\') {
                out[n++] = b[i++];
            } else if (b[i + 1] != 'u') {
                out[n++] = unescaped(b[i + 1]);
                i += 2;
            } else {
                int unit = hex(b, i + 2);
                i += 6;
                if (Character.isHighSurrogate((char) unit)
                        && i + 1 < to
                        && b[i] == '\\'
                        && b[i + 1] == 'u'
                        && Character.isLowSurrogate((char) hex(b, i + 2))) {
                    unit = Character.toCodePoint((char) unit, (char) hex(b, i + 2));
                    i += 6;
                }
                n = encode(unit, out, n);
            }
        }
        return Arrays.copyOf(out, n);
    }

    private static byte unescaped(byte c) {
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> c;
        };
    }

    private static int hex(byte[] b, int from) {
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            value = value * 16 + Character.digit(b[i], 16);
        }
        return value;
    }

    /** Appends a code point; a lone surrogate becomes a question mark, as Java's own encoder writes it. */
    private static int encode(int codePoint, byte[] out, int at) {
        int n = at;
        if (codePoint < 0x80) {
            out[n++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            out[n++] = (byte) (0xc0 | codePoint >> 6);
            out[n++] = continuation(codePoint, 0);
        } else if (codePoint >= 0xd800 && codePoint < 0xe000) {
            out[n++] = '?';
        } else if (codePoint < 0x10000) {
            out[n++] = (byte) (0xe0 | codePoint >> 12);
            out[n++] = continuation(codePoint, 6);
            out[n++] = continuation(codePoint, 0);
        } else {
            out[n++] = (byte) (0xf0 | codePoint >> 18);
            out[n++] = continuation(codePoint, 12);
            out[n++] = continuation(codePoint, 6);
            out[n++] = continuation(codePoint, 0);
        }
        return n;
    }

    private static byte continuation(int codePoint, int shift) {
        return (byte) (0x80 | ((codePoint >> shift) & 0x3f));
    }
}
