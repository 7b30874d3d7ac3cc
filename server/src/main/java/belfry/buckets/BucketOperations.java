package belfry.buckets;

import belfry.api.s3.Bucket;
import belfry.api.s3.CreateBucketConfiguration;
import belfry.api.s3.CreateBucketOutput;
import belfry.api.s3.CreateBucketRequest;
import belfry.api.s3.DeleteBucketRequest;
import belfry.api.s3.GetBucketAclOutput;
import belfry.api.s3.GetBucketAclRequest;
import belfry.api.s3.GetBucketLocationOutput;
import belfry.api.s3.GetBucketLocationRequest;
import belfry.api.s3.HeadBucketOutput;
import belfry.api.s3.HeadBucketRequest;
import belfry.api.s3.ListBucketsOutput;
import belfry.api.s3.ListBucketsRequest;
import belfry.api.s3.Owner;
import belfry.api.s3.PutBucketAclRequest;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import belfry.wire.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Buckets themselves: create, find, list, delete. */
final class BucketOperations {
    static final String HOME = "us-east-1";

    private static final int LIST_MAX = 10_000;

    private final ObjectTable objects;
    private final Uploads uploads;

    BucketOperations(ObjectTable objects, Uploads uploads) {
        this.objects = objects;
        this.uploads = uploads;
    }

    CreateBucketOutput create(CreateBucketRequest in, Call call) {
        Place.touches(call, in.bucket());
        BucketName.check(in.bucket());
        Acl.checkNewBucket(
                in.acl(),
                in.grantFullControl(),
                in.grantRead(),
                in.grantReadACP(),
                in.grantWrite(),
                in.grantWriteACP());
        if (Boolean.TRUE.equals(in.objectLockEnabledForBucket())) {
            throw S3Errors.notImplemented("Object Lock");
        }
        String ownership = Ownership.check(in.objectOwnership() == null ? Ownership.DEFAULT : in.objectOwnership());
        CreateBucketConfiguration configuration = in.createBucketConfiguration();
        String region = region(configuration, call.region());
        Map<String, String> tags = configuration == null || configuration.tags() == null
                ? Map.of()
                : TagSet.read(configuration.tags(), TagSet.BUCKET_MAX);
        return call.write(tx -> {
            if (!refound(tx, in.bucket(), region, call)) {
                BucketTable.insert(
                        tx, new BucketRow(in.bucket(), call.account(), region, call.now(), Versioning.NEVER));
                BucketTable.put(tx, in.bucket(), Setting.OWNERSHIP, Ownership.document(ownership));
                BucketTable.put(tx, in.bucket(), Setting.PUBLIC_ACCESS_BLOCK, PublicAccess.ALL_BLOCKED);
                if (!tags.isEmpty()) {
                    BucketTable.put(tx, in.bucket(), Setting.TAGGING, TagSet.write(tags));
                }
            }
            return new CreateBucketOutput()
                    .location(call.region().equals(HOME) ? "/" + in.bucket() : location(in.bucket(), call));
        });
    }

    private static String location(String bucket, Call call) {
        return call.endpoint() + "/" + bucket + "/";
    }

    /** Whether the bucket is there already and its owner may be told that all is well, as us-east-1 does. */
    private static boolean refound(Tx tx, String name, String region, Call call) {
        BucketRow there = BucketTable.find(tx, name).orElse(null);
        if (there == null) {
            return false;
        }
        if (!there.account().equals(call.account())) {
            throw ServiceException.of(
                            "BucketAlreadyExists",
                            409,
                            "The requested bucket name is not available. The bucket namespace is shared by all users of the"
                                    + " system. Please select a different name and try again.")
                    .with("BucketName", name);
        }
        if (!there.region().equals(HOME)
                || !region.equals(HOME)
                || !call.region().equals(HOME)) {
            throw ServiceException.of(
                            "BucketAlreadyOwnedByYou",
                            409,
                            "Your previous request to create the named bucket succeeded and you already own it.")
                    .with("BucketName", name);
        }
        return true;
    }

    /** The bucket's region: us-east-1 may place it anywhere, another region only in itself, and must say so. */
    private static String region(@Nullable CreateBucketConfiguration configuration, String signed) {
        if (configuration != null && (configuration.location() != null || configuration.bucket() != null)) {
            throw S3Errors.notImplemented("A directory bucket");
        }
        String constraint = configuration == null ? null : configuration.locationConstraint();
        if (constraint == null || constraint.isEmpty()) {
            if (!signed.equals(HOME)) {
                throw illegal("unspecified");
            }
            return HOME;
        }
        String region = constraint.equals("EU") ? "eu-west-1" : constraint;
        if (!signed.equals(HOME) && !region.equals(signed)) {
            throw illegal(constraint);
        }
        if (region.equals(HOME) || !region.matches("[a-z]{2}(-[a-z]+)+-\\d")) {
            throw ServiceException.of(
                            "InvalidLocationConstraint", 400, "The specified location-constraint is not valid")
                    .with("LocationConstraint", constraint);
        }
        return region;
    }

    private static ServiceException illegal(String constraint) {
        return ServiceException.of(
                "IllegalLocationConstraintException",
                400,
                "The " + constraint
                        + " location constraint is incompatible for the region specific endpoint this request was sent"
                        + " to.");
    }

    HeadBucketOutput head(HeadBucketRequest in, Call call) {
        Place.touches(call, in.bucket());
        return call.read(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            return new HeadBucketOutput().bucketRegion(bucket.region()).accessPointAlias(false);
        });
    }

    ListBucketsOutput list(ListBucketsRequest in, Call call) {
        boolean paged = in.maxBuckets() != null
                || in.prefix() != null
                || in.continuationToken() != null
                || in.bucketRegion() != null;
        int max = in.maxBuckets() == null ? LIST_MAX : in.maxBuckets();
        String from = in.continuationToken() == null ? "" : decode(in.continuationToken());
        return call.read(tx -> {
            List<BucketRow> found = BucketTable.list(tx, call.account(), from, Integer.MAX_VALUE).stream()
                    .filter(bucket -> in.prefix() == null || bucket.name().startsWith(in.prefix()))
                    .filter(bucket ->
                            in.bucketRegion() == null || bucket.region().equals(in.bucketRegion()))
                    .limit(max + 1L)
                    .toList();
            List<BucketRow> shown = found.subList(0, Math.min(max, found.size()));
            return new ListBucketsOutput()
                    .owner(new Owner().id(Place.canonicalId(call.account())))
                    .prefix(in.prefix())
                    .continuationToken(
                            found.size() > max ? encode(shown.getLast().name()) : null)
                    .buckets(shown.stream().map(bucket -> bucket(bucket, paged)).toList());
        });
    }

    private static Bucket bucket(BucketRow row, boolean paged) {
        return new Bucket().name(row.name()).creationDate(row.created()).bucketRegion(paged ? row.region() : null);
    }

    private static String encode(String name) {
        return Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw S3Errors.invalidArgument("The continuation token provided is incorrect", "continuation-token", token);
        }
    }

    NoOutput delete(DeleteBucketRequest in, Call call) {
        Place.touches(call, in.bucket());
        return call.write(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            if (objects.any(tx, bucket.name())) {
                throw ServiceException.of(
                                "BucketNotEmpty",
                                409,
                                bucket.versioning() == Versioning.NEVER
                                        ? "The bucket you tried to delete is not empty"
                                        : "The bucket you tried to delete is not empty. You must delete all versions in the"
                                                + " bucket.")
                        .with("BucketName", bucket.name());
            }
            uploads.abortAll(tx, bucket.name(), call.now());
            BucketTable.delete(tx, bucket.name());
            return NoOutput.INSTANCE;
        });
    }

    GetBucketLocationOutput location(GetBucketLocationRequest in, Call call) {
        Place.touches(call, in.bucket());
        return call.read(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            return new GetBucketLocationOutput()
                    .locationConstraint(bucket.region().equals(HOME) ? null : bucket.region());
        });
    }

    GetBucketAclOutput acl(GetBucketAclRequest in, Call call) {
        Place.touches(call, in.bucket());
        return call.read(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            return new GetBucketAclOutput().owner(Acl.owner(bucket)).grants(Acl.grants(bucket));
        });
    }

    NoOutput putAcl(PutBucketAclRequest in, Call call) {
        Place.touches(call, in.bucket());
        Acl.checkObject(
                in.acl(),
                in.grantFullControl(),
                in.grantRead(),
                in.grantReadACP(),
                in.grantWrite(),
                in.grantWriteACP());
        return call.write(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            Acl.checkPolicy(bucket, in.accessControlPolicy());
            return NoOutput.INSTANCE;
        });
    }
}
