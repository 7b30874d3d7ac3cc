package belfry.buckets;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of an object, or a delete marker.
 *
 * @param seq grows with each version; 0 before it is stored
 * @param modified to the second, as S3 shows it
 * @param superseded since when a newer version stands above it; null for the newest
 * @param etag without its quotes
 * @param parts of the multipart upload that it came from, else 0
 */
record ObjectRow(
        long seq,
        String bucket,
        String key,
        String version,
        boolean latest,
        boolean marker,
        Instant modified,
        @Nullable Instant superseded,
        long size,
        String etag,
        int parts,
        String storageClass,
        @Nullable ObjectChecksum checksum,
        ObjectHeaders headers,
        Map<String, String> tags,
        String content) {
    /** The version's name where the bucket keeps none. */
    static final String NULL = "null";

    static final String STANDARD = "STANDARD";

    ObjectRow {
        tags = Map.copyOf(tags);
    }

    String quotedEtag() {
        return '"' + etag + '"';
    }

    boolean hasVersion(String wanted) {
        return version.equals(wanted);
    }

    static ObjectRow deleteMarker(String bucket, String key, String version, Instant now) {
        return new ObjectRow(
                0,
                bucket,
                key,
                version,
                true,
                true,
                now,
                null,
                0,
                "",
                0,
                "",
                null,
                ObjectHeaders.of(ObjectHeaders.DEFAULT_TYPE, Map.of()),
                Map.of(),
                "");
    }
}
