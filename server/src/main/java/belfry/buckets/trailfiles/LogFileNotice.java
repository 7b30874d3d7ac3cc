package belfry.buckets.trailfiles;

import belfry.store.Tx;
import belfry.trail.Trail;

/** Tells a trail's topic of new log files. */
@FunctionalInterface
public interface LogFileNotice {
    /**
     * Publishes to {@code trail.topic()}.
     *
     * @param message {@code {"s3Bucket":…,"s3ObjectKey":[…]}}
     * @throws belfry.wire.ServiceException what SNS would answer
     */
    void publish(Tx tx, Trail trail, String message);
}
