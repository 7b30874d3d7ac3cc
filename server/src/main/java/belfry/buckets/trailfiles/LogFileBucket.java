package belfry.buckets.trailfiles;

import belfry.store.Tx;
import belfry.trail.Trail;
import java.util.Map;

/** Where log files and digests are put. */
@FunctionalInterface
public interface LogFileBucket {
    /**
     * Puts an object as {@code cloudtrail.amazonaws.com} would, for the trail.
     *
     * @param file gzip
     * @param metadata user metadata, names without {@code x-amz-meta-}
     * @throws belfry.wire.ServiceException NoSuchBucket, AccessDenied: what S3 would answer
     */
    void put(Tx tx, Trail trail, String key, byte[] file, Map<String, String> metadata);
}
