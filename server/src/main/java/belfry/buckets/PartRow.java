package belfry.buckets;

import belfry.store.Row;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * A part that has been uploaded.
 *
 * @param etag MD5 in hexadecimal, without quotes
 */
record PartRow(int number, String etag, long size, Instant modified, ObjectChecksum checksum, String content) {
    static final String COLUMNS = "SELECT number, etag, size, modified, checksum, content FROM upload_part ";

    static PartRow map(Row row) {
        return new PartRow(
                Math.toIntExact(row.number(1)),
                row.text(2),
                row.number(3),
                row.instant(4).truncatedTo(ChronoUnit.SECONDS),
                Objects.requireNonNull(ObjectChecksum.read(row.text(5))),
                row.text(6));
    }

    String quotedEtag() {
        return '"' + etag + '"';
    }
}
