package belfry.topics.queue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The digests by which clients check that a message arrived whole. */
public final class Md5 {
    private static final byte TEXT = 1;
    private static final byte BINARY = 2;

    private Md5() {}

    /** Of the text's bytes in UTF-8, as 32 hexadecimal digits. */
    public static String of(String text) {
        return hex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Name, type and value of each in the order of names, each with its length; null where there are none. */
    static @Nullable String of(SortedMap<String, Attribute> attributes) {
        if (attributes.isEmpty()) {
            return null;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        attributes.forEach((name, attribute) -> {
            put(all, name.getBytes(StandardCharsets.UTF_8));
            put(all, attribute.type().getBytes(StandardCharsets.UTF_8));
            all.write(attribute.binary() ? BINARY : TEXT);
            put(all, attribute.bytes());
        });
        return hex(all.toByteArray());
    }

    private static void put(ByteArrayOutputStream to, byte[] bytes) {
        to.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        to.writeBytes(bytes);
    }

    private static String hex(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
