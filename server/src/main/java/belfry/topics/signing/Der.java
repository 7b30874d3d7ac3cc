package belfry.topics.signing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** As much of DER (X.690) as one self-signed certificate takes; the JDK offers none to its users. */
final class Der {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SHORT_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    // RFC 5280 wants UTCTime until 2049 and GeneralizedTime after.
    private static final Instant LONG_TIMES_FROM = Instant.parse("2050-01-01T00:00:00Z");

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return tagged(0x30, concat(parts));
    }

    static byte[] set(byte[]... parts) {
        return tagged(0x31, concat(parts));
    }

    /** A constructed value with a tag of its context. */
    static byte[] explicit(int number, byte[] content) {
        return tagged(0xA0 + number, content);
    }

    static byte[] integer(byte[] bigEndian) {
        return tagged(0x02, bigEndian);
    }

    static byte[] octets(byte[] content) {
        return tagged(0x04, content);
    }

    static byte[] yes() {
        return new byte[] {0x01, 0x01, (byte) 0xFF};
    }

    static byte[] nothing() {
        return new byte[] {0x05, 0x00};
    }

    /** @param unused how many bits at the end mean nothing */
    static byte[] bits(int unused, byte[] content) {
        return tagged(0x03, concat(new byte[] {(byte) unused}, content));
    }

    static byte[] text(String text) {
        return tagged(0x0C, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] time(Instant at) {
        return at.isBefore(LONG_TIMES_FROM)
                ? tagged(0x17, SHORT_TIME.format(at).getBytes(StandardCharsets.US_ASCII))
                : tagged(0x18, TIME.format(at).getBytes(StandardCharsets.US_ASCII));
    }

    /** An object identifier: {@code 2.5.4.3}. */
    static byte[] oid(String dotted) {
        String[] arcs = dotted.split("\\.");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            long arc = Long.parseLong(arcs[i]);
            for (int shift = 63; shift > 0; shift -= 7) {
                if (arc >>> shift != 0) {
                    out.write((int) ((arc >>> shift) & 0x7F) | 0x80);
                }
            }
            out.write((int) (arc & 0x7F));
        }
        return tagged(0x06, out.toByteArray());
    }

    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.length;
        if (length < 0x80) {
            out.write(length);
        } else {
            int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
            out.write(0x80 | bytes);
            for (int i = bytes - 1; i >= 0; i--) {
                out.write(length >>> (8 * i));
            }
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
