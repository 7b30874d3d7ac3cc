package belfry.buckets;

import belfry.api.s3.GetObjectAclOutput;
import belfry.api.s3.GetObjectAclRequest;
import belfry.api.s3.GetObjectOutput;
import belfry.api.s3.GetObjectRequest;
import belfry.api.s3.HeadObjectOutput;
import belfry.api.s3.HeadObjectRequest;
import belfry.gateway.Call;
import belfry.store.Store;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** GetObject, HeadObject and their relatives. */
final class ObjectReads {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Store store;
    private final Blobs blobs;
    private final ObjectTable objects;

    ObjectReads(Store store, Blobs blobs, ObjectTable objects) {
        this.store = store;
        this.blobs = blobs;
        this.objects = objects;
    }

    /** The part of an object that is asked for, and where it lies. */
    private record Slice(
            Optional<Ranges> range,
            @Nullable Integer parts,
            List<Piece> pieces,
            String encryption,
            @Nullable String kmsKey) {}

    GetObjectOutput get(GetObjectRequest in, Call call) {
        HeadObjectRequest asked = S3.STRUCTS.copy(in, new HeadObjectRequest());
        return read(
                asked,
                call,
                (tx, slice, head) -> S3.STRUCTS
                        .copy(head, new GetObjectOutput())
                        .body(new ContentBody(store, blobs, blobs.unlock(tx, slice.pieces(), call))));
    }

    HeadObjectOutput head(HeadObjectRequest in, Call call) {
        return read(in, call, (tx, slice, head) -> head);
    }

    private interface Answer<T> {
        T of(Tx tx, Slice slice, HeadObjectOutput head);
    }

    /** HeadObject and GetObject ask and answer alike, but for the bytes. */
    private <T> T read(HeadObjectRequest in, Call call, Answer<T> answer) {
        Place.touches(call, in.bucket(), in.key());
        Encryption.check(null, null, in.sseCustomerAlgorithm());
        return call.read(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            ObjectRow row = ObjectLookup.find(tx, call, objects, bucket, in.key(), in.versionId());
            new Preconditions(in.ifMatch(), in.ifNoneMatch(), in.ifModifiedSince(), in.ifUnmodifiedSince())
                    .checkRead(row);
            Slice slice = slice(tx, row, in.range(), in.partNumber());
            return answer.of(tx, slice, head(tx, bucket, row, slice, in));
        });
    }

    private static HeadObjectOutput head(Tx tx, BucketRow bucket, ObjectRow row, Slice slice, HeadObjectRequest in) {
        ObjectHeaders headers = row.headers();
        HeadObjectOutput out = new HeadObjectOutput()
                .contentLength(slice.range().map(Ranges::length).orElse(row.size()))
                .contentRange(slice.range().map(r -> r.contentRange(row.size())).orElse(null))
                .partsCount(slice.parts())
                .acceptRanges("bytes")
                .lastModified(row.modified())
                .eTag(row.quotedEtag())
                .versionId(ObjectLookup.shownVersion(bucket, row.version()))
                .expiration(Lifecycles.expiration(tx, row))
                .cacheControl(or(in.responseCacheControl(), headers.cacheControl()))
                .contentDisposition(or(in.responseContentDisposition(), headers.contentDisposition()))
                .contentEncoding(or(in.responseContentEncoding(), headers.contentEncoding()))
                .contentLanguage(or(in.responseContentLanguage(), headers.contentLanguage()))
                .contentType(or(in.responseContentType(), headers.contentType()))
                .expires(or(date(in.responseExpires()), headers.expires()))
                .websiteRedirectLocation(headers.redirect())
                .metadata(headers.user())
                .serverSideEncryption(slice.encryption())
                .ssekmsKeyId(slice.kmsKey())
                .storageClass(StorageClass.shown(row.storageClass()))
                .tagCount(row.tags().isEmpty() ? null : row.tags().size());
        return showsChecksum(in.checksumMode(), slice) ? Checksums.set(out, row.checksum()) : out;
    }

    GetObjectAclOutput acl(GetObjectAclRequest in, Call call) {
        Place.touches(call, in.bucket(), in.key());
        return call.read(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            ObjectLookup.find(tx, call, objects, bucket, in.key(), in.versionId());
            return new GetObjectAclOutput().owner(Acl.owner(bucket)).grants(Acl.grants(bucket));
        });
    }

    /** The checksum is that of the whole: with a part of it, it would only mislead. */
    private static boolean showsChecksum(@Nullable String mode, Slice slice) {
        return "ENABLED".equals(mode) && slice.range().isEmpty();
    }

    private Slice slice(Tx tx, ObjectRow row, @Nullable String header, @Nullable Integer part) {
        List<Piece> pieces = blobs.pieces(tx, row.content());
        String encryption = Encryption.algorithm(pieces);
        String kmsKey = Encryption.kmsKey(pieces);
        if (part == null) {
            Optional<Ranges> range = Ranges.of(header, row.size());
            return new Slice(
                    range,
                    null,
                    range.map(r -> Piece.range(pieces, r.from(), r.length())).orElse(pieces),
                    encryption,
                    kmsKey);
        }
        if (header != null) {
            throw S3Errors.invalidRequest("Cannot specify both Range header and partNumber query parameter");
        }
        Ranges range = part(tx, row, part);
        Integer parts = row.parts() == 0 ? null : row.parts();
        // The one part of an empty object has no first and last byte to name.
        Optional<Ranges> shown = range.length() == 0 ? Optional.empty() : Optional.of(range);
        return new Slice(shown, parts, Piece.range(pieces, range.from(), range.length()), encryption, kmsKey);
    }

    private Ranges part(Tx tx, ObjectRow row, int part) {
        if (row.parts() == 0 && part == 1) {
            return new Ranges(0, row.size());
        }
        long from = 0;
        for (Blobs.PartSize size : row.parts() == 0 ? List.<Blobs.PartSize>of() : blobs.parts(tx, row.content())) {
            if (size.number() == part) {
                return new Ranges(from, size.size());
            }
            from += size.size();
        }
        throw ServiceException.of("InvalidPartNumber", 416, "The requested partnumber is not satisfiable")
                .with("PartNumberRequested", part)
                .with("ActualPartCount", Math.max(1, row.parts()));
    }

    private static @Nullable String or(@Nullable String asked, @Nullable String kept) {
        return asked == null ? kept : asked;
    }

    private static @Nullable String date(@Nullable Instant instant) {
        return instant == null ? null : HTTP_DATE.format(instant);
    }
}
