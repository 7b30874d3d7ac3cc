package belfry.buckets;

import belfry.base.Ids;
import belfry.store.Row;
import belfry.store.Tx;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The versions of objects, and what becomes of them when one is put or deleted. */
final class ObjectTable {
    static final String COLUMNS =
            "SELECT seq, bucket, object_key, version, latest, marker, modified, superseded, size, etag, parts,"
                    + " storage_class, checksum, headers, tags, content FROM object_version ";

    private static final int VERSION_LENGTH = 32;

    private final Blobs blobs;
    private final Ids ids;

    ObjectTable(Blobs blobs, Ids ids) {
        this.blobs = blobs;
        this.ids = ids;
    }

    /** The newest version, be it a delete marker. */
    Optional<ObjectRow> latest(Tx tx, String bucket, String key) {
        return tx.first(COLUMNS + "WHERE bucket = ? AND object_key = ? AND latest = 1", ObjectTable::map, bucket, key);
    }

    Optional<ObjectRow> version(Tx tx, String bucket, String key, String version) {
        return tx.first(
                COLUMNS + "WHERE bucket = ? AND object_key = ? AND version = ?",
                ObjectTable::map,
                bucket,
                key,
                version);
    }

    boolean any(Tx tx, String bucket) {
        return tx.first("SELECT 1 FROM object_version WHERE bucket = ? LIMIT 1", row -> true, bucket)
                .isPresent();
    }

    /** The name that a new version takes in such a bucket. */
    String newVersion(BucketRow bucket) {
        return switch (bucket.versioning()) {
            case ENABLED -> ids.alphanumeric(VERSION_LENGTH);
            case SUSPENDED, NEVER -> ObjectRow.NULL;
        };
    }

    /** Makes {@code row} the newest version; one of the same name (the null version) gives way, with its content. */
    void put(Tx tx, ObjectRow row, Instant now) {
        version(tx, row.bucket(), row.key(), row.version()).ifPresent(old -> erase(tx, old, now));
        tx.update(
                "UPDATE object_version SET latest = 0, superseded = ? WHERE bucket = ? AND object_key = ? AND latest = 1",
                now,
                row.bucket(),
                row.key());
        insert(tx, row);
    }

    private static void insert(Tx tx, ObjectRow row) {
        tx.update(
                "INSERT INTO object_version (bucket, object_key, version, latest, marker, modified, superseded, size, etag,"
                        + " parts, storage_class, checksum, headers, tags, content)"
                        + " VALUES (?, ?, ?, 1, ?, ?, NULL, ?, ?, ?, ?, ?, ?, ?, ?)",
                row.bucket(),
                row.key(),
                row.version(),
                row.marker(),
                row.modified(),
                row.size(),
                row.etag(),
                row.parts(),
                row.storageClass(),
                row.checksum() == null ? "" : row.checksum().write(),
                row.headers().write(),
                TagSet.write(row.tags()),
                row.content());
    }

    /** Deletes one version for good; the next older one becomes the newest. */
    void delete(Tx tx, ObjectRow row, Instant now) {
        erase(tx, row, now);
        if (row.latest()) {
            tx.update(
                    "UPDATE object_version SET latest = 1, superseded = NULL WHERE seq ="
                            + " (SELECT MAX(seq) FROM object_version WHERE bucket = ? AND object_key = ?)",
                    row.bucket(),
                    row.key());
        }
    }

    private void erase(Tx tx, ObjectRow row, Instant now) {
        tx.update("DELETE FROM object_version WHERE seq = ?", row.seq());
        if (!row.content().isEmpty()) {
            blobs.release(tx, row.content(), now);
        }
    }

    /**
     * Deletes an object as its bucket's versioning has it: for good, or by a delete marker.
     *
     * @return the marker's version, or null where there was nothing to mark
     */
    @Nullable
    String remove(Tx tx, BucketRow bucket, String key, Instant now) {
        return switch (bucket.versioning()) {
            case NEVER -> {
                latest(tx, bucket.name(), key).ifPresent(row -> delete(tx, row, now));
                yield null;
            }
            case ENABLED, SUSPENDED -> {
                String version = newVersion(bucket);
                put(tx, ObjectRow.deleteMarker(bucket.name(), key, version, now), now);
                yield version;
            }
        };
    }

    void tags(Tx tx, ObjectRow row, String tags) {
        tx.update("UPDATE object_version SET tags = ? WHERE seq = ?", tags, row.seq());
    }

    static ObjectRow map(Row row) {
        return new ObjectRow(
                row.number(1),
                row.text(2),
                row.text(3),
                row.text(4),
                row.flag(5),
                row.flag(6),
                row.instant(7).truncatedTo(ChronoUnit.SECONDS),
                row.instantOrNull(8),
                row.number(9),
                row.text(10),
                Math.toIntExact(row.number(11)),
                row.text(12),
                ObjectChecksum.read(row.text(13)),
                ObjectHeaders.read(row.text(14)),
                TagSet.parse(row.text(15)),
                row.text(16));
    }
}
