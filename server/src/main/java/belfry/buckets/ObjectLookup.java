package belfry.buckets;

import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import org.jspecify.annotations.Nullable;

/** Finds the version that a request means, with S3's answers where there is none. */
final class ObjectLookup {
    private ObjectLookup() {}

    /**
     * The version named, or the newest.
     *
     * @throws ServiceException {@code NoSuchKey}, {@code NoSuchVersion}, or {@code MethodNotAllowed} for a delete marker
     *     named by its version
     */
    static ObjectRow find(
            Tx tx, Call call, ObjectTable objects, BucketRow bucket, String key, @Nullable String version) {
        if (version == null) {
            return objects.latest(tx, bucket.name(), key)
                    .filter(row -> !row.marker())
                    .orElseThrow(() -> missing(tx, call, bucket, key));
        }
        if (version.isEmpty()) {
            throw S3Errors.invalidArgument("Version id cannot be the empty string", "versionId", version);
        }
        ObjectRow row = objects.version(tx, bucket.name(), key, version)
                .orElseThrow(() -> S3Errors.noSuchVersion(key, version));
        if (row.marker()) {
            throw ServiceException.of(
                            "MethodNotAllowed", 405, "The specified method is not allowed against this resource.")
                    .with("Method", "GET")
                    .with("ResourceType", "DeleteMarker");
        }
        return row;
    }

    /** Whoever may not list the bucket does not learn that there is no such object. */
    private static ServiceException missing(Tx tx, Call call, BucketRow bucket, String key) {
        call.require(tx, GuardedBuckets.listing(tx, bucket.name()));
        return S3Errors.noSuchKey(key);
    }

    /** What a write meets: null for nothing or a delete marker. */
    static @Nullable ObjectRow present(Tx tx, ObjectTable objects, BucketRow bucket, String key) {
        return objects.latest(tx, bucket.name(), key)
                .filter(row -> !row.marker())
                .orElse(null);
    }

    /** As answers show the version: not at all where the bucket has never had versioning. */
    static @Nullable String shownVersion(BucketRow bucket, String version) {
        return bucket.versioning() == Versioning.NEVER ? null : version;
    }
}
