package belfry.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;

/** Reads bodies into memory, never more of them than a limit. */
final class Bounded {
    private Bounded() {}

    /** The whole body; more than {@code limit} bytes answer 413. */
    static byte[] read(Body body, long limit) {
        if (body.length() > limit) {
            throw tooLarge(limit);
        }
        if (body instanceof Body.Bytes bytes) {
            return bytes.bytes();
        }
        try (InputStream in = body.open()) {
            return read(in, limit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the gzip stream holds; the limit counts the bytes that come out, for few bytes can hold very many. */
    static byte[] gunzip(byte[] compressed, long limit) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return read(in, limit);
        } catch (IOException e) {
            throw ServiceException.of("SerializationException", "The gzip content of the request body is broken.");
        }
    }

    private static byte[] read(InputStream in, long limit) throws IOException {
        byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 16, limit + 1));
        if (bytes.length > limit) {
            throw tooLarge(limit);
        }
        return bytes;
    }

    private static ServiceException tooLarge(long limit) {
        return ServiceException.of(
                "RequestEntityTooLargeException", 413, "The request body is larger than " + limit + " bytes.");
    }
}
