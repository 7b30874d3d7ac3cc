package belfry.buckets;

import belfry.access.policy.Decision;
import belfry.access.policy.PolicyDocument;
import belfry.access.policy.PolicyPrincipal;
import belfry.access.policy.PolicyRequest;
import belfry.base.Clock;
import belfry.base.Ids;
import belfry.base.Pump;
import belfry.seal.RootKey;
import belfry.store.Store;
import belfry.store.Tx;
import belfry.vault.Keys;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * S3 for the rest of the house: the stage's parts, put together, and what other stages ask of it. Its API for clients is
 * {@link S3}.
 */
public final class Buckets {
    private final Store store;
    private final Clock clock;
    private final Ids ids;
    private final Blobs blobs;
    private final ObjectTable objects;
    private final UploadTable uploads;

    /** A stage over {@code store}; its objects are encrypted at rest with keys that {@code root} seals. */
    public Buckets(Store store, Clock clock, Ids ids, RootKey root, Keys keys) {
        this.store = store;
        this.clock = clock;
        this.ids = ids;
        this.blobs = new Blobs(new RootSeal(root, ids), ids, keys);
        this.objects = new ObjectTable(blobs, ids);
        this.uploads = new UploadTable(blobs);
    }

    /** The operations for clients. */
    public S3 api() {
        Spool spool = new Spool(store, blobs, clock);
        Copies copies = new Copies(store, blobs, objects);
        return new S3(new S3.Parts(
                ids,
                new BucketOperations(objects, new Uploads(uploads, ids)),
                new ObjectReads(store, blobs, objects),
                new ObjectWrites(spool, objects),
                copies,
                new Uploads(uploads, ids),
                new UploadParts(spool, blobs, objects, uploads, copies),
                new ObjectTags(objects),
                new ObjectAttributes(blobs, objects)));
    }

    /** What must run in the background: expiry, and sweeping the bytes of deleted objects. */
    public List<Pump> pumps() {
        return List.of(new LifecyclePump(store, clock, objects, uploads), new BlobSweep(store, clock));
    }

    /** Whether there is such a bucket, whoever owns it. */
    public boolean exists(Tx tx, String bucket) {
        return BucketTable.find(tx, bucket).isPresent();
    }

    /** The region of a bucket; empty where there is no such bucket. */
    public Optional<String> region(Tx tx, String bucket) {
        return BucketTable.find(tx, bucket).map(BucketRow::region);
    }

    /** The bucket's policy as it was written; empty where it has none, or there is no such bucket. */
    public Optional<String> policy(Tx tx, String bucket) {
        return BucketTable.setting(tx, bucket, Setting.POLICY);
    }

    /** What the bucket's policy alone says of a request; nothing where it has none. */
    public Decision evaluate(Tx tx, String bucket, PolicyRequest request) {
        return policy(tx, bucket)
                .map(text -> PolicyDocument.parse(text).evaluate(request))
                .orElse(Decision.IMPLICIT_DENY);
    }

    /**
     * Whether CloudTrail may deliver: the bucket's policy lets it read the bucket's list of grants and put log files below
     * {@code prefix/AWSLogs/account/} with the bucket owner's full control (semantics: cloudtrail.md §3).
     *
     * @param prefix the trail's key prefix without a slash at its end; empty for none
     * @param account whose log files they are
     * @param kmsKey the ARN of the key they are encrypted with; empty for none
     */
    public boolean letsTrailWrite(
            Tx tx, String bucket, String prefix, String account, String trailArn, Optional<String> kmsKey) {
        String folder = (prefix.isEmpty() ? "" : prefix + "/") + "AWSLogs/" + account + "/CloudTrail/";
        return letsTrailPut(tx, bucket, folder, account, trailArn, kmsKey);
    }

    /** The same of one object: its policy may let log files in and keep digests out. */
    public boolean letsTrailPut(
            Tx tx, String bucket, String key, String account, String trailArn, Optional<String> kmsKey) {
        String bucketArn = "arn:aws:s3:::" + bucket;
        String object = bucketArn + "/" + key;
        Map<String, String> source = Map.of("aws:SourceArn", trailArn, "aws:SourceAccount", account);
        Map<String, String> write = new HashMap<>(source);
        write.put("s3:x-amz-acl", "bucket-owner-full-control");
        write.put("s3:x-amz-server-side-encryption", kmsKey.isPresent() ? Encryption.KMS : Encryption.AES256);
        kmsKey.ifPresent(arn -> write.put("s3:x-amz-server-side-encryption-aws-kms-key-id", arn));
        var trail = new PolicyPrincipal.Service("cloudtrail.amazonaws.com");
        return evaluate(tx, bucket, PolicyRequest.of(trail, "s3:GetBucketAcl", bucketArn, source)) == Decision.ALLOW
                && evaluate(tx, bucket, PolicyRequest.of(trail, "s3:PutObject", object, write)) == Decision.ALLOW;
    }

    /**
     * Puts an object on Belfry's own behalf, in the caller's transaction. For contents of a few megabytes at most, since
     * the writer is held meanwhile.
     *
     * @param metadata user metadata, names without {@code x-amz-meta-}
     * @param kms the KMS key to encrypt it with; empty for Belfry's own
     * @return its ETag, without quotes
     * @throws belfry.wire.ServiceException {@code NoSuchBucket}, {@code KMS.DisabledException} and the like
     */
    public String put(
            Tx tx,
            String bucket,
            String key,
            byte[] bytes,
            String contentType,
            Map<String, String> metadata,
            Optional<KmsSeal> kms) {
        BucketRow row = BucketTable.find(tx, bucket).orElseThrow(() -> S3Errors.noSuchBucket(bucket));
        Instant now = clock.now();
        Blobs.Draft draft = kms.isPresent() ? blobs.draft(tx, kms.get(), now) : blobs.draft();
        for (int from = 0; from < bytes.length; from += Blobs.CHUNK) {
            long number = from / Blobs.CHUNK;
            byte[] chunk = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + Blobs.CHUNK));
            blobs.write(tx, draft, number, blobs.seal(draft, number, chunk), now);
        }
        ObjectRow object = new ObjectRow(
                0,
                bucket,
                key,
                objects.newVersion(row),
                true,
                false,
                now,
                null,
                bytes.length,
                HexFormat.of().formatHex(digest(Algorithm.MD5, bytes)),
                0,
                ObjectRow.STANDARD,
                ObjectChecksum.full(Algorithm.CRC64NVME, digest(Algorithm.CRC64NVME, bytes)),
                ObjectHeaders.of(contentType, metadata),
                Map.of(),
                blobs.attach(tx, draft, bytes.length));
        objects.put(tx, object, now);
        return object.etag();
    }

    private static byte[] digest(Algorithm algorithm, byte[] bytes) {
        Digest digest = algorithm.start();
        digest.update(bytes, 0, bytes.length);
        return digest.finish();
    }
}
