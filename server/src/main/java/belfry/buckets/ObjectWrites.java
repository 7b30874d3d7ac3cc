package belfry.buckets;

import belfry.api.s3.DeleteObjectOutput;
import belfry.api.s3.DeleteObjectRequest;
import belfry.api.s3.DeleteObjectsOutput;
import belfry.api.s3.DeleteObjectsRequest;
import belfry.api.s3.DeletedObject;
import belfry.api.s3.ObjectIdentifier;
import belfry.api.s3.PutObjectAclOutput;
import belfry.api.s3.PutObjectAclRequest;
import belfry.api.s3.PutObjectOutput;
import belfry.api.s3.PutObjectRequest;
import belfry.api.s3.S3Error;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PutObject and the deletes. */
final class ObjectWrites {
    /** The largest body of one request. */
    static final long BODY_MAX = 5L * 1024 * 1024 * 1024;

    private static final int DELETES_MAX = 1_000;

    private final Spool spool;
    private final ObjectTable objects;

    ObjectWrites(Spool spool, ObjectTable objects) {
        this.spool = spool;
        this.objects = objects;
    }

    PutObjectOutput put(PutObjectRequest in, Call call) {
        Place.touches(call, in.bucket(), in.key());
        Acl.checkObject(in.acl(), in.grantFullControl(), in.grantRead(), in.grantReadACP(), in.grantWriteACP());
        Encryption.check(in.serverSideEncryption(), in.ssekmsKeyId(), in.sseCustomerAlgorithm());
        ObjectLocks.refuse(in.objectLockMode(), in.objectLockRetainUntilDate(), in.objectLockLegalHoldStatus());
        if (in.writeOffsetBytes() != null) {
            throw S3Errors.notImplemented("Appending to an object");
        }
        String storageClass = StorageClass.check(in.storageClass());
        Map<String, String> tags = TagSet.header(in.tagging());
        ObjectHeaders headers = ObjectHeaders.of(in);
        ContentClaim claim = ContentClaim.of(in, in.contentMD5(), Algorithm.CRC64NVME);
        // Looked up before a byte is taken in; looked up again in the transaction that counts.
        call.read(tx -> Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call));
        return spool.take(
                in.body(),
                claim,
                BODY_MAX,
                taken -> call.write(tx -> {
                    BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
                    Preconditions.checkWrite(
                            in.ifMatch(),
                            in.ifNoneMatch(),
                            ObjectLookup.present(tx, objects, bucket, in.key()),
                            in.key());
                    ObjectRow row = row(tx, bucket, in.key(), taken, storageClass, headers, tags, call.now());
                    objects.put(tx, row, call.now());
                    return Checksums.set(
                            new PutObjectOutput()
                                    .eTag(row.quotedEtag())
                                    .serverSideEncryption(Encryption.AES256)
                                    .expiration(Lifecycles.expiration(tx, row))
                                    .versionId(bucket.versioning() == Versioning.ENABLED ? row.version() : null),
                            row.checksum());
                }));
    }

    /** The row of an object just taken in; its last chunk is written here. */
    ObjectRow row(
            Tx tx,
            BucketRow bucket,
            String key,
            Spool.Taken taken,
            String storageClass,
            ObjectHeaders headers,
            Map<String, String> tags,
            Instant now) {
        return new ObjectRow(
                0,
                bucket.name(),
                key,
                objects.newVersion(bucket),
                true,
                false,
                now,
                null,
                taken.size(),
                taken.md5(),
                0,
                storageClass,
                taken.checksum(),
                headers,
                tags,
                taken.keep(tx, now));
    }

    PutObjectAclOutput putAcl(PutObjectAclRequest in, Call call) {
        Place.touches(call, in.bucket(), in.key());
        Acl.checkObject(
                in.acl(),
                in.grantFullControl(),
                in.grantRead(),
                in.grantReadACP(),
                in.grantWrite(),
                in.grantWriteACP());
        return call.write(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            ObjectLookup.find(tx, call, objects, bucket, in.key(), in.versionId());
            Acl.checkPolicy(bucket, in.accessControlPolicy());
            return new PutObjectAclOutput();
        });
    }

    DeleteObjectOutput delete(DeleteObjectRequest in, Call call) {
        Place.touches(call, in.bucket(), in.key());
        if (in.ifMatchLastModifiedTime() != null || in.ifMatchSize() != null) {
            throw S3Errors.notImplemented("A delete that depends on an object's time or size");
        }
        return call.write(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            DeletedObject deleted = delete(tx, bucket, in.key(), in.versionId(), in.ifMatch(), call.now());
            String version =
                    deleted.deleteMarkerVersionId() == null ? deleted.versionId() : deleted.deleteMarkerVersionId();
            return new DeleteObjectOutput().deleteMarker(deleted.deleteMarker()).versionId(version);
        });
    }

    /** Deletes one object or version; deleting what is not there is no error. */
    private DeletedObject delete(
            Tx tx, BucketRow bucket, String key, @Nullable String version, @Nullable String ifMatch, Instant now) {
        if (ifMatch != null) {
            Preconditions.checkWrite(ifMatch, null, ObjectLookup.present(tx, objects, bucket, key), key);
        }
        DeletedObject answer = new DeletedObject().key(key);
        if (version == null) {
            String marker = objects.remove(tx, bucket, key, now);
            return marker == null ? answer : answer.deleteMarker(true).deleteMarkerVersionId(marker);
        }
        answer.versionId(version);
        objects.version(tx, bucket.name(), key, version).ifPresent(row -> {
            objects.delete(tx, row, now);
            if (row.marker()) {
                answer.deleteMarker(true).deleteMarkerVersionId(version);
            }
        });
        return answer;
    }

    DeleteObjectsOutput deleteAll(DeleteObjectsRequest in, Call call) {
        Place.touches(call, in.bucket());
        List<ObjectIdentifier> wanted = in.delete() == null ? null : in.delete().objects();
        if (wanted == null || wanted.isEmpty() || wanted.size() > DELETES_MAX) {
            throw S3Errors.malformedXml();
        }
        boolean quiet = Boolean.TRUE.equals(in.delete().quiet());
        return call.write(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            List<DeletedObject> deleted = new ArrayList<>();
            List<S3Error> errors = new ArrayList<>();
            for (ObjectIdentifier object : wanted) {
                try {
                    String action = object.versionId() == null ? "s3:DeleteObject" : "s3:DeleteObjectVersion";
                    call.require(tx, GuardedBuckets.on(tx, action, bucket.name(), object.key()));
                    deleted.add(delete(tx, bucket, object.key(), object.versionId(), object.eTag(), call.now()));
                } catch (ServiceException e) {
                    errors.add(new S3Error()
                            .key(object.key())
                            .versionId(object.versionId())
                            .code(e.code())
                            .message(e.getMessage()));
                }
            }
            return new DeleteObjectsOutput()
                    .deleted(quiet ? List.of() : deleted)
                    .errors(errors);
        });
    }
}
