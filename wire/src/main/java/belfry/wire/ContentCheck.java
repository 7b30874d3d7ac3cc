package belfry.wire;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/** A hash or checksum that a body must have: fed while the body is read, compared at its end. */
final class ContentCheck {
    private static final String PREFIX = "x-amz-checksum-";

    /** Feeds bytes; gives the result. */
    private interface Sum {
        void update(byte[] buffer, int offset, int length);

        byte[] result();
    }

    private final Sum sum;
    private final @Nullable String trailerName;
    private final @Nullable String expected;
    private final boolean hex;
    private final Supplier<ServiceException> mismatch;

    private ContentCheck(
            Sum sum,
            @Nullable String trailerName,
            @Nullable String expected,
            boolean hex,
            Supplier<ServiceException> mismatch) {
        this.sum = sum;
        this.trailerName = trailerName;
        this.expected = expected;
        this.hex = hex;
        this.mismatch = mismatch;
    }

    /** The body's SHA-256 as a signature covers it. */
    static ContentCheck sha256(String hexHash) {
        return new ContentCheck(
                digest("SHA-256"),
                null,
                hexHash,
                true,
                () -> ServiceException.of(
                        "XAmzContentSHA256Mismatch",
                        "The provided 'x-amz-content-sha256' header does not match what was computed."));
    }

    static ContentCheck md5(String base64) {
        return new ContentCheck(
                digest("MD5"),
                null,
                base64,
                false,
                () -> ServiceException.of(
                        "BadDigest", "The Content-MD5 you specified did not match what we received."));
    }

    /** The check that a header {@code x-amz-checksum-…} asks for. */
    static ContentCheck header(String algorithm, String base64) {
        return new ContentCheck(sum(algorithm), null, base64, false, () -> mismatch(algorithm));
    }

    /** The check that an announced trailing header asks for; null where it is no checksum. */
    static @Nullable ContentCheck trailing(String trailer) {
        String name = trailer.toLowerCase(Locale.ROOT);
        if (!name.startsWith(PREFIX)) {
            return null;
        }
        String algorithm = name.substring(PREFIX.length());
        return new ContentCheck(sum(algorithm), name, null, false, () -> mismatch(algorithm));
    }

    private static ServiceException mismatch(String algorithm) {
        String name = algorithm.toUpperCase(Locale.ROOT);
        return ServiceException.of(
                "BadDigest", "The " + name + " you specified did not match the calculated checksum.");
    }

    void update(byte[] buffer, int offset, int length) {
        sum.update(buffer, offset, length);
    }

    /** @param trailers where a trailing checksum stands */
    void finish(Headers trailers) {
        String wanted = trailerName == null ? expected : trailers.first(trailerName);
        byte[] result = sum.result();
        String actual =
                hex ? HexFormat.of().formatHex(result) : Base64.getEncoder().encodeToString(result);
        if (wanted == null || !Hmac.same(actual, wanted)) {
            throw mismatch.get();
        }
    }

    private static Sum sum(String algorithm) {
        return switch (algorithm) {
            case "crc32" -> checksum(new CRC32(), 4);
            case "crc32c" -> checksum(new CRC32C(), 4);
            case "crc64nvme" -> checksum(new Crc64Nvme(), 8);
            case "sha1" -> digest("SHA-1");
            case "sha256" -> digest("SHA-256");
            case "sha512" -> digest("SHA-512");
            case "md5" -> digest("MD5");
            default ->
                throw ServiceException.of(
                        "NotImplemented",
                        "Belfry does not implement the checksum algorithm " + algorithm.toUpperCase(Locale.ROOT) + ".");
        };
    }

    private static Sum digest(String algorithm) {
        MessageDigest digest = Hmac.digest(algorithm);
        return new Sum() {
            @Override
            public void update(byte[] buffer, int offset, int length) {
                digest.update(buffer, offset, length);
            }

            @Override
            public byte[] result() {
                return digest.digest();
            }
        };
    }

    private static Sum checksum(Checksum checksum, int bytes) {
        return new Sum() {
            @Override
            public void update(byte[] buffer, int offset, int length) {
                checksum.update(buffer, offset, length);
            }

            @Override
            public byte[] result() {
                byte[] result = new byte[bytes];
                for (int i = 0; i < bytes; i++) {
                    result[i] = (byte) (checksum.getValue() >>> (8 * (bytes - 1 - i)));
                }
                return result;
            }
        };
    }
}
