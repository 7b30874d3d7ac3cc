package belfry.buckets;

import belfry.api.s3.AccessControlPolicy;
import belfry.api.s3.Grant;
import belfry.api.s3.Grantee;
import belfry.api.s3.Owner;
import belfry.wire.ServiceException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Access control lists where the bucket's owner owns everything (BucketOwnerEnforced, S3's default): there is one list,
 * which says just that, and only what says the same may be put.
 */
final class Acl {
    private static final String FULL_CONTROL = "FULL_CONTROL";

    private Acl() {}

    static List<Grant> grants(BucketRow bucket) {
        Grantee grantee = new Grantee().type("CanonicalUser").id(Place.canonicalId(bucket.account()));
        return List.of(new Grant().grantee(grantee).permission(FULL_CONTROL));
    }

    static Owner owner(BucketRow bucket) {
        return Listings.owner(bucket);
    }

    /** On an object: the bucket owner's full control may be asked for, nothing else. */
    static void checkObject(@Nullable String canned, @Nullable String... grants) {
        boolean same = canned == null || canned.equals("private") || canned.equals("bucket-owner-full-control");
        if (!same || Arrays.stream(grants).anyMatch(Objects::nonNull)) {
            throw notSupported();
        }
    }

    /** On a new bucket: only {@code private}. */
    static void checkNewBucket(@Nullable String canned, @Nullable String... grants) {
        boolean same = canned == null || canned.equals("private");
        if (!same || Arrays.stream(grants).anyMatch(Objects::nonNull)) {
            throw ServiceException.of(
                    "InvalidBucketAclWithObjectOwnership",
                    400,
                    "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting");
        }
    }

    /** A whole list: only the one that {@link #grants} gives. */
    static void checkPolicy(BucketRow bucket, @Nullable AccessControlPolicy policy) {
        if (policy == null) {
            return;
        }
        List<Grant> grants = policy.grants() == null ? List.of() : policy.grants();
        boolean same = grants.size() == 1
                && FULL_CONTROL.equals(grants.getFirst().permission())
                && grants.getFirst().grantee() != null
                && Place.canonicalId(bucket.account())
                        .equals(grants.getFirst().grantee().id());
        if (!same) {
            throw notSupported();
        }
    }

    private static ServiceException notSupported() {
        return ServiceException.of("AccessControlListNotSupported", 400, "The bucket does not allow ACLs");
    }
}
