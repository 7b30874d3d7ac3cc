package belfry.buckets;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** The checksums that S3 keeps with an object. */
enum Algorithm {
    CRC32(4),
    CRC32C(4),
    CRC64NVME(8),
    SHA1(20),
    SHA256(32),
    SHA512(64),
    MD5(16);

    private final int bytes;

    Algorithm(int bytes) {
        this.bytes = bytes;
    }

    /** The value's length in bytes. */
    int bytes() {
        return bytes;
    }

    /** Whether the checksum of a whole can be computed from those of its parts. */
    boolean linear() {
        return this == CRC32 || this == CRC32C || this == CRC64NVME;
    }

    /** The request header that carries it, as messages name it. */
    String header() {
        return "x-amz-checksum-" + name().toLowerCase(Locale.ROOT);
    }

    static Optional<Algorithm> named(String name) {
        for (Algorithm algorithm : values()) {
            if (algorithm.name().equals(name)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    Digest start() {
        return switch (this) {
            case CRC32 -> Digest.of(new CRC32(), bytes);
            case CRC32C -> Digest.of(new CRC32C(), bytes);
            case CRC64NVME -> Digest.of(new Crc64Nvme(), bytes);
            case SHA1 -> Digest.of(messageDigest("SHA-1"));
            case SHA256 -> Digest.of(messageDigest("SHA-256"));
            case SHA512 -> Digest.of(messageDigest("SHA-512"));
            case MD5 -> Digest.of(messageDigest("MD5"));
        };
    }

    private static MessageDigest messageDigest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + name, e);
        }
    }
}
