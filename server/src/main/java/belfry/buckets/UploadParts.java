package belfry.buckets;

import belfry.api.s3.CompleteMultipartUploadOutput;
import belfry.api.s3.CompleteMultipartUploadRequest;
import belfry.api.s3.CompletedPart;
import belfry.api.s3.CopyPartResult;
import belfry.api.s3.UploadPartCopyOutput;
import belfry.api.s3.UploadPartCopyRequest;
import belfry.api.s3.UploadPartOutput;
import belfry.api.s3.UploadPartRequest;
import belfry.gateway.Call;
import belfry.store.Tx;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Parts of multipart uploads, and putting them together, which moves no byte. */
final class UploadParts {
    private static final int PART_MAX = 10_000;

    private final Spool spool;
    private final Blobs blobs;
    private final ObjectTable objects;
    private final UploadTable uploads;
    private final Copies copies;

    UploadParts(Spool spool, Blobs blobs, ObjectTable objects, UploadTable uploads, Copies copies) {
        this.spool = spool;
        this.blobs = blobs;
        this.objects = objects;
        this.uploads = uploads;
        this.copies = copies;
    }

    UploadPartOutput upload(UploadPartRequest in, Call call) {
        Place.touches(call, in.bucket(), in.key());
        Encryption.check(null, null, in.sseCustomerAlgorithm());
        checkNumber(in.partNumber());
        UploadRow open = call.read(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            return uploads.find(tx, bucket, in.key(), in.uploadId());
        });
        ContentClaim claim = claim(in, open);
        return spool.take(
                in.body(),
                claim,
                ObjectWrites.BODY_MAX,
                taken -> call.write(tx -> {
                    BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
                    UploadRow upload = uploads.find(tx, bucket, in.key(), in.uploadId());
                    PartRow part = new PartRow(
                            in.partNumber(),
                            taken.md5(),
                            taken.size(),
                            call.now(),
                            taken.checksum(),
                            taken.keep(tx, call.now()));
                    uploads.putPart(tx, upload, part, call.now());
                    UploadPartOutput out =
                            new UploadPartOutput().eTag(part.quotedEtag()).serverSideEncryption(Encryption.AES256);
                    boolean named = claim.checksum().algorithm() != null || upload.algorithm() != null;
                    return named ? Checksums.set(out, taken.claimed()) : out;
                }));
    }

    private static void checkNumber(int number) {
        if (number < 1 || number > PART_MAX) {
            throw S3Errors.invalidArgument(
                    "Part number must be an integer between 1 and 10000, inclusive",
                    "partNumber",
                    String.valueOf(number));
        }
    }

    /** An upload with a checksum of its own takes no other; one without checks what the client names and keeps its own. */
    private static ContentClaim claim(UploadPartRequest in, UploadRow upload) {
        ContentClaim claim = ContentClaim.of(in, in.contentMD5(), upload.partAlgorithm());
        if (upload.algorithm() != null && claim.claimed() != upload.algorithm()) {
            throw S3Errors.invalidRequest("Checksum Type mismatch occurred, expected checksum Type: "
                    + name(upload.algorithm()) + ", actual checksum Type: " + name(claim.claimed()));
        }
        return claim.keeping(upload.partAlgorithm());
    }

    private static String name(Algorithm algorithm) {
        return algorithm.header().substring("x-amz-checksum-".length());
    }

    UploadPartCopyOutput copy(UploadPartCopyRequest in, Call call) {
        Place.touches(call, in.bucket(), in.key());
        Encryption.check(null, null, in.sseCustomerAlgorithm());
        Encryption.check(null, null, in.copySourceSSECustomerAlgorithm());
        checkNumber(in.partNumber());
        CopySource from = CopySource.parse(in.copySource());
        Copies.Source source = call.read(tx -> copies.source(tx, from, in.expectedSourceBucketOwner(), call));
        new Preconditions(
                        in.copySourceIfMatch(),
                        in.copySourceIfNoneMatch(),
                        in.copySourceIfModifiedSince(),
                        in.copySourceIfUnmodifiedSince())
                .checkCopySource(source.row());
        UploadRow open = call.read(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            return uploads.find(tx, bucket, in.key(), in.uploadId());
        });
        Optional<Ranges> range = Ranges.of(in.copySourceRange(), source.row().size());
        List<Piece> pieces = range.map(r -> Piece.range(source.pieces(), r.from(), r.length()))
                .orElse(source.pieces());
        List<Piece> readable = range.map(r -> Piece.range(source.readable(), r.from(), r.length()))
                .orElse(source.readable());
        Copies.Hashes hashes = copies.hash(readable, open.partAlgorithm());
        return call.write(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            UploadRow upload = uploads.find(tx, bucket, in.key(), in.uploadId());
            PartRow part = new PartRow(
                    in.partNumber(),
                    hashes.md5(),
                    pieces.stream().mapToLong(Piece::length).sum(),
                    call.now(),
                    hashes.checksum(),
                    blobs.attach(tx, pieces));
            uploads.putPart(tx, upload, part, call.now());
            CopyPartResult result = new CopyPartResult()
                    .eTag(part.quotedEtag())
                    .lastModified(call.now().truncatedTo(ChronoUnit.SECONDS));
            return new UploadPartCopyOutput()
                    .copySourceVersionId(ObjectLookup.shownVersion(
                            source.bucket(), source.row().version()))
                    .serverSideEncryption(Encryption.AES256)
                    .copyPartResult(upload.algorithm() == null ? result : Checksums.set(result, part.checksum()));
        });
    }

    CompleteMultipartUploadOutput complete(CompleteMultipartUploadRequest in, Call call) {
        Place.touches(call, in.bucket(), in.key());
        List<CompletedPart> wanted =
                in.multipartUpload() == null ? null : in.multipartUpload().parts();
        if (wanted == null || wanted.isEmpty()) {
            throw S3Errors.malformedXml();
        }
        return call.write(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            UploadRow upload = uploads.find(tx, bucket, in.key(), in.uploadId());
            ObjectRow there = ObjectLookup.present(tx, objects, bucket, in.key());
            Preconditions.checkWrite(in.ifMatch(), in.ifNoneMatch(), there, in.key());
            Completion completion = Completion.of(upload, wanted, uploads.parts(tx, upload, 0, PART_MAX));
            completion.verify(in);
            completion.unused().forEach(part -> uploads.removePart(tx, upload, part, call.now()));
            ObjectRow row = row(tx, bucket, upload, completion, call);
            objects.put(tx, row, call.now());
            uploads.remove(tx, upload, call.now());
            return Checksums.set(
                    new CompleteMultipartUploadOutput()
                            .location(call.endpoint() + "/" + bucket.name() + "/" + new Encoding(true).apply(in.key()))
                            .bucket(bucket.name())
                            .key(in.key())
                            .eTag(row.quotedEtag())
                            .serverSideEncryption(Encryption.AES256)
                            .expiration(Lifecycles.expiration(tx, row))
                            .versionId(bucket.versioning() == Versioning.ENABLED ? row.version() : null),
                    row.checksum());
        });
    }

    private ObjectRow row(Tx tx, BucketRow bucket, UploadRow upload, Completion completion, Call call) {
        return new ObjectRow(
                0,
                bucket.name(),
                upload.key(),
                objects.newVersion(bucket),
                true,
                false,
                call.now(),
                null,
                completion.size(),
                completion.etag(),
                completion.used().size(),
                upload.storageClass(),
                completion.checksum(),
                upload.headers(),
                upload.tags(),
                blobs.join(tx, upload.id()));
    }
}
