package belfry.buckets.trailfiles;

import belfry.store.Tx;
import belfry.trail.Trail;

/** Where log files are put. */
@FunctionalInterface
public interface LogFileBucket {
    /**
     * Puts an object as {@code cloudtrail.amazonaws.com} would, for the trail.
     *
     * @param file gzip
     * @throws belfry.wire.ServiceException NoSuchBucket, AccessDenied: what S3 would answer
     */
    void put(Tx tx, Trail trail, String key, byte[] file);
}
