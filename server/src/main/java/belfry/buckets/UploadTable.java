package belfry.buckets;

import belfry.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of multipart uploads and their parts. */
final class UploadTable {
    private final Blobs blobs;

    UploadTable(Blobs blobs) {
        this.blobs = blobs;
    }

    void insert(Tx tx, UploadRow row) {
        tx.update(
                "INSERT INTO upload (id, bucket, object_key, initiated, initiator, storage_class, algorithm, checksum_type,"
                        + " headers, tags) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row.id(),
                row.bucket(),
                row.key(),
                row.initiated(),
                row.initiator(),
                row.storageClass(),
                row.algorithm() == null ? "" : row.algorithm().name(),
                row.checksumType(),
                row.headers().write(),
                TagSet.write(row.tags()));
    }

    /** The upload, if it is one of this object's. */
    UploadRow find(Tx tx, BucketRow bucket, String key, String id) {
        return tx.first(
                        UploadRow.COLUMNS + "WHERE id = ? AND bucket = ? AND object_key = ?",
                        UploadRow::map,
                        id,
                        bucket.name(),
                        key)
                .orElseThrow(() -> S3Errors.noSuchUpload(id));
    }

    void putPart(Tx tx, UploadRow upload, PartRow part, Instant now) {
        part(tx, upload, part.number()).ifPresent(old -> removePart(tx, upload, old, now));
        tx.update(
                "INSERT INTO upload_part (upload, number, etag, size, modified, checksum, content)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                upload.id(),
                part.number(),
                part.etag(),
                part.size(),
                part.modified(),
                part.checksum().write(),
                part.content());
    }

    private static Optional<PartRow> part(Tx tx, UploadRow upload, int number) {
        return tx.first(PartRow.COLUMNS + "WHERE upload = ? AND number = ?", PartRow::map, upload.id(), number);
    }

    /** Parts behind {@code after}, by number. */
    List<PartRow> parts(Tx tx, UploadRow upload, int after, int limit) {
        return tx.query(
                PartRow.COLUMNS + "WHERE upload = ? AND number > ? ORDER BY number LIMIT ?",
                PartRow::map,
                upload.id(),
                after,
                limit);
    }

    void removePart(Tx tx, UploadRow upload, PartRow part, Instant now) {
        tx.update("DELETE FROM upload_part WHERE upload = ? AND number = ?", upload.id(), part.number());
        blobs.release(tx, part.content(), now);
    }

    /** Deletes an upload with its parts. Their blobs stay where a joined content has taken them over. */
    void remove(Tx tx, UploadRow upload, Instant now) {
        tx.query("SELECT content FROM upload_part WHERE upload = ?", row -> row.text(1), upload.id())
                .forEach(content -> blobs.release(tx, content, now));
        tx.update("DELETE FROM upload_part WHERE upload = ?", upload.id());
        tx.update("DELETE FROM upload WHERE id = ?", upload.id());
    }

    List<UploadRow> ofBucket(Tx tx, String bucket) {
        return tx.query(UploadRow.COLUMNS + "WHERE bucket = ?", UploadRow::map, bucket);
    }

    /** Uploads by key, and those of one key in the order of their beginning. */
    record Source(Tx tx, String bucket) implements Listing.Source<UploadRow> {
        @Override
        public List<UploadRow> rows(Listing.From from, @Nullable String below, int limit) {
            List<Object> parameters = new ArrayList<>(List.of(bucket, from.key()));
            String where = from.inclusive() ? " AND object_key >= ?" : " AND object_key > ?";
            if (from.inclusive() && from.seq() != Listing.From.ALL) {
                where += " AND (object_key > ? OR seq > ?)";
                parameters.add(from.key());
                parameters.add(from.seq());
            }
            if (below != null) {
                where += " AND object_key < ?";
                parameters.add(below);
            }
            parameters.add(limit);
            return tx.query(
                    UploadRow.COLUMNS + "WHERE bucket = ?" + where + " ORDER BY object_key, seq LIMIT ?",
                    UploadRow::map,
                    parameters.toArray());
        }

        @Override
        public String key(UploadRow row) {
            return row.key();
        }

        @Override
        public Listing.From behind(UploadRow row) {
            return new Listing.From(row.key(), true, row.seq());
        }
    }
}
