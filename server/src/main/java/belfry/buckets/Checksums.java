package belfry.buckets;

import belfry.api.Services;
import belfry.wire.Member;
import belfry.wire.ServiceException;
import belfry.wire.Shape;
import belfry.wire.Struct;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The eleven checksum members that thirty S3 shapes share: read and set by name, since their generated accessors share no
 * type.
 */
final class Checksums {
    private static final String PREFIX = "Checksum";

    private static final Map<Class<?>, Shape> SHAPES = new ConcurrentHashMap<>();

    private Checksums() {}

    /**
     * What the client says that the content's checksum is, and which algorithm it wants.
     *
     * @param algorithm null where the client leaves it to us
     * @param value Base64; null where it is still to come (a trailer) or not sent
     */
    record Claim(@Nullable Algorithm algorithm, @Nullable String value) {
        Algorithm algorithmOrDefault() {
            return algorithm == null ? Algorithm.CRC64NVME : algorithm;
        }

        /** @throws ServiceException {@code BadDigest} if the content is another */
        void verify(ObjectChecksum computed) {
            if (value != null && !value.equals(computed.value())) {
                throw ServiceException.of(
                        "BadDigest",
                        400,
                        "The " + computed.algorithm() + " you specified did not match the calculated checksum.");
            }
        }
    }

    /** Reads the claim of a request that carries content. */
    static Claim claim(Struct request) {
        Map<String, String> given = given(request);
        if (given.size() > 1) {
            throw S3Errors.invalidRequest(
                    "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
        }
        Algorithm wanted = algorithm((String) get(request, "ChecksumAlgorithm"));
        for (Map.Entry<String, String> entry : given.entrySet()) {
            Algorithm algorithm = Objects.requireNonNull(algorithm(entry.getKey()));
            if (wanted != null && wanted != algorithm) {
                throw S3Errors.invalidRequest("Value for x-amz-sdk-checksum-algorithm header is invalid.");
            }
            check(algorithm, entry.getValue());
            return new Claim(algorithm, entry.getValue());
        }
        return new Claim(wanted, null);
    }

    private static void check(Algorithm algorithm, String value) {
        try {
            if (Base64.getDecoder().decode(value).length == algorithm.bytes()) {
                return;
            }
        } catch (IllegalArgumentException e) {
            // Not Base64: answered below like a wrong length.
        }
        throw S3Errors.invalidRequest("Value for " + algorithm.header() + " header is invalid.");
    }

    /** The value that a request names for {@code algorithm}, or null. */
    static @Nullable String value(Struct struct, Algorithm algorithm) {
        return given(struct).get(algorithm.name());
    }

    private static Map<String, String> given(Struct request) {
        Map<String, String> given = new TreeMap<>();
        for (Member member : shape(request).members()) {
            String name = member.name();
            boolean plain = name.startsWith(PREFIX)
                    && !name.equals("ChecksumAlgorithm")
                    && !name.equals("ChecksumType")
                    && !name.equals("ChecksumMode");
            if (plain && request.getAt(member.index()) instanceof String text) {
                given.put(name.substring(PREFIX.length()), text);
            }
        }
        return given;
    }

    /** Null for null. */
    static @Nullable Algorithm algorithm(@Nullable String name) {
        if (name == null) {
            return null;
        }
        return Algorithm.named(name).orElseThrow(() -> S3Errors.notImplemented("The checksum algorithm " + name));
    }

    /** Sets an answer's checksum member and its type, where it has one. */
    static <S extends Struct> S set(S answer, @Nullable ObjectChecksum checksum) {
        if (checksum != null) {
            set(answer, PREFIX + checksum.algorithm(), checksum.value());
            set(answer, "ChecksumType", checksum.type());
        }
        return answer;
    }

    private static void set(Struct answer, String name, String value) {
        Member member = shape(answer).member(name);
        if (member != null) {
            answer.setAt(member.index(), value);
        }
    }

    private static @Nullable Object get(Struct struct, String name) {
        Member member = shape(struct).member(name);
        return member == null ? null : struct.getAt(member.index());
    }

    private static Shape shape(Struct struct) {
        return SHAPES.computeIfAbsent(
                struct.getClass(), type -> Services.S3.model().shape(type.getSimpleName()));
    }
}
