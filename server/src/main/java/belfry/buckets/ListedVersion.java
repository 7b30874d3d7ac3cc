package belfry.buckets;

import belfry.store.Row;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What a listing shows of a version. */
record ListedVersion(
        long seq,
        String key,
        String version,
        boolean latest,
        boolean marker,
        Instant modified,
        long size,
        String etag,
        String storageClass,
        @Nullable ObjectChecksum checksum) {
    static final String COLUMNS =
            "SELECT seq, object_key, version, latest, marker, modified, size, etag, storage_class, checksum"
                    + " FROM object_version ";

    static ListedVersion map(Row row) {
        return new ListedVersion(
                row.number(1),
                row.text(2),
                row.text(3),
                row.flag(4),
                row.flag(5),
                row.instant(6).truncatedTo(ChronoUnit.SECONDS),
                row.number(7),
                row.text(8),
                row.text(9),
                ObjectChecksum.read(row.text(10)));
    }
}
