package belfry.buckets;

import belfry.api.s3.CopyObjectOutput;
import belfry.api.s3.CopyObjectRequest;
import belfry.api.s3.CopyObjectResult;
import belfry.api.s3.PutObjectRequest;
import belfry.gateway.Call;
import belfry.store.Store;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** CopyObject: a new row over the same bytes. They are read only where the copy needs a hash that the source has not. */
final class Copies {
    private final Store store;
    private final Blobs blobs;
    private final ObjectTable objects;

    Copies(Store store, Blobs blobs, ObjectTable objects) {
        this.store = store;
        this.blobs = blobs;
        this.objects = objects;
    }

    /**
     * An object to copy from.
     *
     * @param pieces its bytes' place, for the copy: one under SSE-KMS stays under the same key
     * @param readable the same, unlocked
     */
    record Source(BucketRow bucket, ObjectRow row, List<Piece> pieces, List<Piece> readable) {}

    /** What a stretch of bytes hashes to. */
    record Hashes(String md5, ObjectChecksum checksum) {}

    CopyObjectOutput copy(CopyObjectRequest in, Call call) {
        Place.touches(call, in.bucket(), in.key());
        Acl.checkObject(in.acl(), in.grantFullControl(), in.grantRead(), in.grantReadACP(), in.grantWriteACP());
        Encryption.check(in.serverSideEncryption(), in.ssekmsKeyId(), in.sseCustomerAlgorithm());
        Encryption.check(null, null, in.copySourceSSECustomerAlgorithm());
        ObjectLocks.refuse(in.objectLockMode(), in.objectLockRetainUntilDate(), in.objectLockLegalHoldStatus());
        Algorithm wanted = Checksums.algorithm(in.checksumAlgorithm());
        CopySource from = CopySource.parse(in.copySource());
        call.touches("AWS::S3::Object", "arn:aws:s3:::" + from.bucket() + "/" + from.key());
        Source source = call.read(tx -> source(tx, from, in.expectedSourceBucketOwner(), call));
        new Preconditions(
                        in.copySourceIfMatch(),
                        in.copySourceIfNoneMatch(),
                        in.copySourceIfModifiedSince(),
                        in.copySourceIfUnmodifiedSince())
                .checkCopySource(source.row());
        boolean replaces = replaces(in.metadataDirective(), "x-amz-metadata-directive");
        refuseNoChange(in, from, source.row(), replaces);
        String storageClass = StorageClass.check(in.storageClass());
        ObjectHeaders headers = replaces
                ? ObjectHeaders.of(S3.STRUCTS.copy(in, new PutObjectRequest()))
                : kept(source.row().headers(), in.websiteRedirectLocation());
        Map<String, String> tags = replaces(in.taggingDirective(), "x-amz-tagging-directive")
                ? TagSet.header(in.tagging())
                : source.row().tags();
        Hashes hashes = hashes(source, wanted);
        return call.write(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            ObjectRow there = ObjectLookup.present(tx, objects, bucket, in.key());
            Preconditions.checkWrite(in.ifMatch(), in.ifNoneMatch(), there, in.key());
            ObjectRow row = new ObjectRow(
                    0,
                    bucket.name(),
                    in.key(),
                    objects.newVersion(bucket),
                    true,
                    false,
                    call.now(),
                    null,
                    source.row().size(),
                    hashes.md5(),
                    0,
                    storageClass,
                    hashes.checksum(),
                    headers,
                    tags,
                    blobs.attach(tx, source.pieces()));
            objects.put(tx, row, call.now());
            return answer(tx, bucket, source, row);
        });
    }

    private static CopyObjectOutput answer(Tx tx, BucketRow bucket, Source source, ObjectRow row) {
        CopyObjectResult result = Checksums.set(
                new CopyObjectResult().eTag(row.quotedEtag()).lastModified(row.modified()), row.checksum());
        return new CopyObjectOutput()
                .copyObjectResult(result)
                .expiration(Lifecycles.expiration(tx, row))
                .copySourceVersionId(
                        ObjectLookup.shownVersion(source.bucket(), source.row().version()))
                .versionId(bucket.versioning() == Versioning.ENABLED ? row.version() : null)
                .serverSideEncryption(Encryption.algorithm(source.pieces()))
                .ssekmsKeyId(Encryption.kmsKey(source.pieces()));
    }

    /** The object to copy from. */
    Source source(Tx tx, CopySource from, @Nullable String expectedOwner, Call call) {
        BucketRow bucket = Place.bucket(tx, from.bucket(), expectedOwner, call);
        try {
            ObjectRow row = ObjectLookup.find(tx, call, objects, bucket, from.key(), from.version());
            if (row.size() > ObjectWrites.BODY_MAX) {
                throw S3Errors.invalidRequest(
                        "The specified copy source is larger than the maximum allowable size for a" + " copy source: "
                                + ObjectWrites.BODY_MAX);
            }
            List<Piece> pieces = blobs.pieces(tx, row.content());
            return new Source(bucket, row, pieces, blobs.unlock(tx, pieces, call));
        } catch (ServiceException e) {
            if (e.code().equals("MethodNotAllowed")) {
                throw S3Errors.invalidRequest(
                        "The source of a copy request may not specifically refer to a delete marker by version id.");
            }
            throw e;
        }
    }

    private static boolean replaces(@Nullable String directive, String header) {
        if (directive == null || directive.equals("COPY")) {
            return false;
        }
        if (!directive.equals("REPLACE")) {
            throw S3Errors.invalidArgument("Unknown metadata directive.", header, directive);
        }
        return true;
    }

    private static void refuseNoChange(CopyObjectRequest in, CopySource from, ObjectRow row, boolean replaces) {
        boolean self = from.bucket().equals(in.bucket()) && from.key().equals(in.key()) && row.latest();
        boolean changes = replaces
                || in.storageClass() != null
                || in.websiteRedirectLocation() != null
                || in.serverSideEncryption() != null
                || in.checksumAlgorithm() != null;
        if (self && !changes) {
            throw S3Errors.invalidRequest(
                    "This copy request is illegal because it is trying to copy an object to itself"
                            + " without changing the object's metadata, storage class, website redirect location or encryption"
                            + " attributes.");
        }
    }

    /** The source's headers; its redirect is not copied. */
    private static ObjectHeaders kept(ObjectHeaders from, @Nullable String redirect) {
        return new ObjectHeaders(
                from.cacheControl(),
                from.contentDisposition(),
                from.contentEncoding(),
                from.contentLanguage(),
                from.contentType(),
                from.expires(),
                redirect,
                from.user());
    }

    /** A copy is one object, so its hashes are of the whole: the source's own where it has them. */
    private Hashes hashes(Source source, @Nullable Algorithm wanted) {
        ObjectChecksum kept = source.row().checksum();
        boolean whole = source.row().parts() == 0;
        if (whole && kept != null && !kept.composite() && (wanted == null || wanted == kept.algorithm())) {
            return new Hashes(source.row().etag(), kept);
        }
        Algorithm algorithm = wanted != null ? wanted : kept == null ? Algorithm.CRC64NVME : kept.algorithm();
        return hash(source.readable(), algorithm);
    }

    /** Reads bytes through, a chunk at a time. */
    Hashes hash(List<Piece> pieces, Algorithm algorithm) {
        Digest md5 = Algorithm.MD5.start();
        Digest checksum = algorithm.start();
        byte[] buffer = new byte[Blobs.CHUNK];
        try (InputStream in = new ContentBody(store, blobs, pieces).open()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                md5.update(buffer, 0, count);
                checksum.update(buffer, 0, count);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Hashes(HexFormat.of().formatHex(md5.finish()), ObjectChecksum.full(algorithm, checksum.finish()));
    }
}
