package belfry.buckets;

import belfry.api.s3.AbortMultipartUploadOutput;
import belfry.api.s3.AbortMultipartUploadRequest;
import belfry.api.s3.CreateMultipartUploadOutput;
import belfry.api.s3.CreateMultipartUploadRequest;
import belfry.api.s3.Initiator;
import belfry.api.s3.ListMultipartUploadsOutput;
import belfry.api.s3.ListMultipartUploadsRequest;
import belfry.api.s3.ListPartsOutput;
import belfry.api.s3.ListPartsRequest;
import belfry.api.s3.MultipartUpload;
import belfry.api.s3.Part;
import belfry.api.s3.PutObjectRequest;
import belfry.base.Ids;
import belfry.gateway.Call;
import belfry.store.Tx;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Multipart uploads: begin, give up, list. Their parts and their end are in {@link UploadParts}. */
final class Uploads {
    private static final int ID_LENGTH = 64;

    private final UploadTable table;
    private final Ids ids;

    Uploads(UploadTable table, Ids ids) {
        this.table = table;
        this.ids = ids;
    }

    CreateMultipartUploadOutput create(CreateMultipartUploadRequest in, Call call) {
        Place.touches(call, in.bucket(), in.key());
        Acl.checkObject(in.acl(), in.grantFullControl(), in.grantRead(), in.grantReadACP(), in.grantWriteACP());
        Encryption.check(in.serverSideEncryption(), in.ssekmsKeyId(), in.sseCustomerAlgorithm());
        ObjectLocks.refuse(in.objectLockMode(), in.objectLockRetainUntilDate(), in.objectLockLegalHoldStatus());
        Algorithm algorithm = Checksums.algorithm(in.checksumAlgorithm());
        boolean composite = composite(algorithm, in.checksumType());
        UploadRow row = new UploadRow(
                0,
                ids.alphanumeric(ID_LENGTH),
                in.bucket(),
                in.key(),
                call.now(),
                call.principal().arn(),
                StorageClass.check(in.storageClass()),
                algorithm,
                composite,
                ObjectHeaders.of(S3.STRUCTS.copy(in, new PutObjectRequest())),
                TagSet.header(in.tagging()));
        return call.write(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            table.insert(tx, row);
            return new CreateMultipartUploadOutput()
                    .bucket(bucket.name())
                    .key(in.key())
                    .uploadId(row.id())
                    .serverSideEncryption(Encryption.AES256)
                    .checksumAlgorithm(algorithm == null ? null : algorithm.name())
                    .checksumType(algorithm == null ? null : row.checksumType());
        });
    }

    private static boolean composite(@Nullable Algorithm algorithm, @Nullable String type) {
        if (type == null) {
            return algorithm != null && algorithm != Algorithm.CRC64NVME;
        }
        boolean composite = type.equals(ObjectChecksum.COMPOSITE);
        if (algorithm == null && composite) {
            throw S3Errors.invalidRequest(
                    "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");
        }
        if (algorithm != null && (composite ? algorithm == Algorithm.CRC64NVME : !algorithm.linear())) {
            throw S3Errors.invalidRequest("The " + type + " checksum type cannot be used with the "
                    + algorithm.header().substring("x-amz-checksum-".length()) + " checksum algorithm.");
        }
        return composite;
    }

    AbortMultipartUploadOutput abort(AbortMultipartUploadRequest in, Call call) {
        Place.touches(call, in.bucket(), in.key());
        if (in.ifMatchInitiatedTime() != null) {
            throw S3Errors.notImplemented("An abort that depends on when the upload began");
        }
        return call.write(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            table.remove(tx, table.find(tx, bucket, in.key(), in.uploadId()), call.now());
            return new AbortMultipartUploadOutput();
        });
    }

    /** The bucket goes, and what was being uploaded to it. */
    void abortAll(Tx tx, String bucket, Instant now) {
        table.ofBucket(tx, bucket).forEach(upload -> table.remove(tx, upload, now));
    }

    ListPartsOutput parts(ListPartsRequest in, Call call) {
        Place.touches(call, in.bucket(), in.key());
        int max = Listings.max(in.maxParts());
        int marker = in.partNumberMarker() == null ? 0 : in.partNumberMarker();
        return call.read(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            UploadRow upload = table.find(tx, bucket, in.key(), in.uploadId());
            List<PartRow> found = table.parts(tx, upload, marker, max + 1);
            List<PartRow> shown = found.subList(0, Math.min(max, found.size()));
            return new ListPartsOutput()
                    .bucket(bucket.name())
                    .key(in.key())
                    .uploadId(upload.id())
                    .partNumberMarker(marker)
                    .nextPartNumberMarker(shown.isEmpty() ? 0 : shown.getLast().number())
                    .maxParts(max)
                    .isTruncated(found.size() > max)
                    .parts(shown.stream().map(row -> part(row, upload)).toList())
                    .initiator(initiator(upload))
                    .owner(Listings.owner(bucket))
                    .storageClass(upload.storageClass())
                    .checksumAlgorithm(
                            upload.algorithm() == null
                                    ? null
                                    : upload.algorithm().name())
                    .checksumType(upload.algorithm() == null ? null : upload.checksumType());
        });
    }

    private static Part part(PartRow row, UploadRow upload) {
        Part part = new Part()
                .partNumber(row.number())
                .lastModified(row.modified())
                .eTag(row.quotedEtag())
                .size(row.size());
        return upload.algorithm() == null ? part : Checksums.set(part, row.checksum());
    }

    ListMultipartUploadsOutput list(ListMultipartUploadsRequest in, Call call) {
        Place.touches(call, in.bucket());
        Encoding encoding = Encoding.of(in.encodingType());
        int max = Listings.max(in.maxUploads());
        return call.read(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            var source = new UploadTable.Source(tx, bucket.name());
            var page = Listing.page(source, in.prefix(), in.delimiter(), position(tx, in), max);
            return new ListMultipartUploadsOutput()
                    .bucket(bucket.name())
                    .prefix(encoding.apply(in.prefix()))
                    .delimiter(encoding.apply(in.delimiter()))
                    .keyMarker(encoding.apply(in.keyMarker() == null ? "" : in.keyMarker()))
                    .uploadIdMarker(in.uploadIdMarker() == null ? "" : in.uploadIdMarker())
                    .maxUploads(max)
                    .encodingType(in.encodingType())
                    .isTruncated(page.truncated())
                    .nextKeyMarker(page.truncated() ? encoding.apply(page.last()) : null)
                    .nextUploadIdMarker(
                            page.truncated() ? page.lastRow().map(UploadRow::id).orElse(null) : null)
                    .uploads(page.rows().stream()
                            .map(row -> upload(row, bucket, encoding))
                            .toList())
                    .commonPrefixes(Listings.prefixes(page, encoding));
        });
    }

    private static Listing.From position(Tx tx, ListMultipartUploadsRequest in) {
        String key = in.keyMarker() == null ? "" : in.keyMarker();
        long seq = in.uploadIdMarker() == null || in.uploadIdMarker().isEmpty()
                ? 0
                : tx.count("SELECT seq FROM upload WHERE id = ?", in.uploadIdMarker());
        return seq == 0 ? Listing.From.behind(key) : new Listing.From(key, true, seq);
    }

    private static MultipartUpload upload(UploadRow row, BucketRow bucket, Encoding encoding) {
        return new MultipartUpload()
                .uploadId(row.id())
                .key(encoding.apply(row.key()))
                .initiated(row.initiated())
                .storageClass(row.storageClass())
                .owner(Listings.owner(bucket))
                .initiator(initiator(row))
                .checksumAlgorithm(
                        row.algorithm() == null ? null : row.algorithm().name())
                .checksumType(row.algorithm() == null ? null : row.checksumType());
    }

    private static Initiator initiator(UploadRow row) {
        return new Initiator().id(row.initiator()).displayName(name(row.initiator()));
    }

    private static String name(String arn) {
        return arn.substring(arn.lastIndexOf(arn.contains("/") ? '/' : ':') + 1);
    }
}
