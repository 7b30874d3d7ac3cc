package belfry.buckets;

import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object's checksum as it is kept and answered.
 *
 * @param composite whether it is the checksum of the parts' checksums
 * @param value Base64, with {@code -parts} behind a composite one
 */
record ObjectChecksum(Algorithm algorithm, boolean composite, String value) {
    static final String FULL_OBJECT = "FULL_OBJECT";
    static final String COMPOSITE = "COMPOSITE";

    static ObjectChecksum full(Algorithm algorithm, byte[] value) {
        return new ObjectChecksum(algorithm, false, Base64.getEncoder().encodeToString(value));
    }

    /** As kept in the store. */
    static @Nullable ObjectChecksum read(String text) {
        if (text.isEmpty()) {
            return null;
        }
        String[] parts = text.split(":", 3);
        return new ObjectChecksum(Algorithm.valueOf(parts[0]), parts[1].equals(COMPOSITE), parts[2]);
    }

    String write() {
        return algorithm + ":" + type() + ":" + value;
    }

    String type() {
        return composite ? COMPOSITE : FULL_OBJECT;
    }

    byte[] bytes() {
        return Base64.getDecoder().decode(composite ? value.substring(0, value.indexOf('-')) : value);
    }

    /** Of parts in their order, each with its size. */
    static ObjectChecksum ofParts(
            Algorithm algorithm, boolean composite, List<ObjectChecksum> parts, List<Long> sizes) {
        if (composite) {
            Digest digest = algorithm.start();
            parts.forEach(part -> digest.update(part.bytes(), 0, algorithm.bytes()));
            String value = Base64.getEncoder().encodeToString(digest.finish()) + "-" + parts.size();
            return new ObjectChecksum(algorithm, true, value);
        }
        CrcCombine combine = CrcCombine.of(algorithm);
        byte[] whole = parts.getFirst().bytes();
        for (int i = 1; i < parts.size(); i++) {
            whole = combine.combine(whole, parts.get(i).bytes(), sizes.get(i));
        }
        return full(algorithm, whole);
    }
}
