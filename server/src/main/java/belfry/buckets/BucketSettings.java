package belfry.buckets;

import belfry.api.s3.DeleteBucketEncryptionRequest;
import belfry.api.s3.DeleteBucketOwnershipControlsRequest;
import belfry.api.s3.DeleteBucketTaggingRequest;
import belfry.api.s3.DeletePublicAccessBlockRequest;
import belfry.api.s3.GetBucketEncryptionOutput;
import belfry.api.s3.GetBucketEncryptionRequest;
import belfry.api.s3.GetBucketOwnershipControlsOutput;
import belfry.api.s3.GetBucketOwnershipControlsRequest;
import belfry.api.s3.GetBucketTaggingOutput;
import belfry.api.s3.GetBucketTaggingRequest;
import belfry.api.s3.GetBucketVersioningOutput;
import belfry.api.s3.GetBucketVersioningRequest;
import belfry.api.s3.GetPublicAccessBlockOutput;
import belfry.api.s3.GetPublicAccessBlockRequest;
import belfry.api.s3.PutBucketEncryptionRequest;
import belfry.api.s3.PutBucketOwnershipControlsRequest;
import belfry.api.s3.PutBucketTaggingRequest;
import belfry.api.s3.PutBucketVersioningRequest;
import belfry.api.s3.PutPublicAccessBlockRequest;
import belfry.api.s3.ServerSideEncryptionConfiguration;
import belfry.base.Json;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import belfry.wire.ServiceException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be set on a bucket, each with the error that S3 answers while it is not set. */
final class BucketSettings {
    private BucketSettings() {}

    /** A change of a bucket found by name. */
    @FunctionalInterface
    private interface Change {
        void apply(Tx tx, BucketRow bucket);
    }

    private static NoOutput change(Call call, String name, @Nullable String owner, Change change) {
        Place.touches(call, name);
        return call.write(tx -> {
            change.apply(tx, Place.bucket(tx, name, owner, call));
            return NoOutput.INSTANCE;
        });
    }

    private static NoOutput remove(Call call, String name, @Nullable String owner, Setting kind) {
        return change(call, name, owner, (tx, bucket) -> BucketTable.remove(tx, bucket.name(), kind));
    }

    private static String setting(Tx tx, BucketRow bucket, Setting kind, String code, String message) {
        return BucketTable.setting(tx, bucket.name(), kind)
                .orElseThrow(() -> ServiceException.of(code, 404, message).with("BucketName", bucket.name()));
    }

    static NoOutput putVersioning(PutBucketVersioningRequest in, Call call) {
        var wanted = in.versioningConfiguration();
        if (wanted == null || wanted.status() == null) {
            throw ServiceException.of(
                    "IllegalVersioningConfigurationException", 400, "The Versioning element must be specified");
        }
        if ("Enabled".equals(wanted.mfaDelete())) {
            throw S3Errors.notImplemented("MFA delete");
        }
        Versioning versioning = switch (wanted.status()) {
            case "Enabled" -> Versioning.ENABLED;
            case "Suspended" -> Versioning.SUSPENDED;
            default -> throw S3Errors.malformedXml();
        };
        return change(
                call,
                in.bucket(),
                in.expectedBucketOwner(),
                (tx, bucket) -> BucketTable.versioning(tx, bucket.name(), versioning));
    }

    static GetBucketVersioningOutput versioning(GetBucketVersioningRequest in, Call call) {
        Place.touches(call, in.bucket());
        return call.read(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            String status = bucket.versioning().status();
            return new GetBucketVersioningOutput().status(status.isEmpty() ? null : status);
        });
    }

    static NoOutput putTagging(PutBucketTaggingRequest in, Call call) {
        Map<String, String> tags = TagSet.read(in.tagging(), TagSet.BUCKET_MAX);
        return change(call, in.bucket(), in.expectedBucketOwner(), (tx, bucket) -> {
            if (tags.isEmpty()) {
                BucketTable.remove(tx, bucket.name(), Setting.TAGGING);
            } else {
                BucketTable.put(tx, bucket.name(), Setting.TAGGING, TagSet.write(tags));
            }
        });
    }

    static GetBucketTaggingOutput tagging(GetBucketTaggingRequest in, Call call) {
        Place.touches(call, in.bucket());
        return call.read(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            String tags = setting(tx, bucket, Setting.TAGGING, "NoSuchTagSet", "The TagSet does not exist");
            return new GetBucketTaggingOutput().tagSet(TagSet.list(TagSet.parse(tags)));
        });
    }

    static NoOutput deleteTagging(DeleteBucketTaggingRequest in, Call call) {
        return remove(call, in.bucket(), in.expectedBucketOwner(), Setting.TAGGING);
    }

    static NoOutput putPublicAccessBlock(PutPublicAccessBlockRequest in, Call call) {
        if (in.publicAccessBlockConfiguration() == null) {
            throw S3Errors.malformedXml();
        }
        String document = PublicAccess.write(in.publicAccessBlockConfiguration());
        return change(
                call,
                in.bucket(),
                in.expectedBucketOwner(),
                (tx, bucket) -> BucketTable.put(tx, bucket.name(), Setting.PUBLIC_ACCESS_BLOCK, document));
    }

    static GetPublicAccessBlockOutput publicAccessBlock(GetPublicAccessBlockRequest in, Call call) {
        Place.touches(call, in.bucket());
        return call.read(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            String block = setting(
                    tx,
                    bucket,
                    Setting.PUBLIC_ACCESS_BLOCK,
                    "NoSuchPublicAccessBlockConfiguration",
                    "The public access block configuration was not found");
            return new GetPublicAccessBlockOutput().publicAccessBlockConfiguration(PublicAccess.read(block));
        });
    }

    static NoOutput deletePublicAccessBlock(DeletePublicAccessBlockRequest in, Call call) {
        return remove(call, in.bucket(), in.expectedBucketOwner(), Setting.PUBLIC_ACCESS_BLOCK);
    }

    static NoOutput putOwnership(PutBucketOwnershipControlsRequest in, Call call) {
        var controls = in.ownershipControls();
        if (controls == null || controls.rules() == null || controls.rules().size() != 1) {
            throw S3Errors.malformedXml();
        }
        String ownership = Ownership.check(controls.rules().getFirst().objectOwnership());
        return change(
                call,
                in.bucket(),
                in.expectedBucketOwner(),
                (tx, bucket) -> BucketTable.put(tx, bucket.name(), Setting.OWNERSHIP, Ownership.document(ownership)));
    }

    static GetBucketOwnershipControlsOutput ownership(GetBucketOwnershipControlsRequest in, Call call) {
        Place.touches(call, in.bucket());
        return call.read(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            String controls = setting(
                    tx,
                    bucket,
                    Setting.OWNERSHIP,
                    "OwnershipControlsNotFoundError",
                    "The bucket ownership controls were not found");
            return new GetBucketOwnershipControlsOutput().ownershipControls(Ownership.read(controls));
        });
    }

    static NoOutput deleteOwnership(DeleteBucketOwnershipControlsRequest in, Call call) {
        return remove(call, in.bucket(), in.expectedBucketOwner(), Setting.OWNERSHIP);
    }

    static NoOutput putEncryption(PutBucketEncryptionRequest in, Call call) {
        String document = Json.write(S3.STRUCTS.write(Encryption.check(in.serverSideEncryptionConfiguration())));
        return change(
                call,
                in.bucket(),
                in.expectedBucketOwner(),
                (tx, bucket) -> BucketTable.put(tx, bucket.name(), Setting.ENCRYPTION, document));
    }

    static GetBucketEncryptionOutput encryption(GetBucketEncryptionRequest in, Call call) {
        Place.touches(call, in.bucket());
        return call.read(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            return new GetBucketEncryptionOutput()
                    .serverSideEncryptionConfiguration(BucketTable.setting(tx, bucket.name(), Setting.ENCRYPTION)
                            .map(text -> S3.STRUCTS.read(ServerSideEncryptionConfiguration.class, text))
                            .orElseGet(Encryption::byDefault));
        });
    }

    static NoOutput deleteEncryption(DeleteBucketEncryptionRequest in, Call call) {
        return remove(call, in.bucket(), in.expectedBucketOwner(), Setting.ENCRYPTION);
    }
}
