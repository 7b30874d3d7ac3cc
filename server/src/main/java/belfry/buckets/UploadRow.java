package belfry.buckets;

import belfry.store.Row;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A multipart upload under way.
 *
 * @param algorithm the checksum that the client wants; null where it named none
 * @param composite whether the whole's checksum will be made of the parts' checksums
 */
record UploadRow(
        long seq,
        String id,
        String bucket,
        String key,
        Instant initiated,
        String initiator,
        String storageClass,
        @Nullable Algorithm algorithm,
        boolean composite,
        ObjectHeaders headers,
        Map<String, String> tags) {
    static final String COLUMNS = "SELECT seq, id, bucket, object_key, initiated, initiator, storage_class, algorithm,"
            + " checksum_type, headers, tags FROM upload ";

    static UploadRow map(Row row) {
        return new UploadRow(
                row.number(1),
                row.text(2),
                row.text(3),
                row.text(4),
                row.instant(5),
                row.text(6),
                row.text(7),
                row.text(8).isEmpty() ? null : Algorithm.valueOf(row.text(8)),
                row.text(9).equals(ObjectChecksum.COMPOSITE),
                ObjectHeaders.read(row.text(10)),
                TagSet.parse(row.text(11)));
    }

    /** The checksum that parts are computed with. */
    Algorithm partAlgorithm() {
        return algorithm == null ? Algorithm.CRC64NVME : algorithm;
    }

    String checksumType() {
        return composite ? ObjectChecksum.COMPOSITE : ObjectChecksum.FULL_OBJECT;
    }
}
