package belfry.buckets;

import java.time.Instant;

/** A bucket. */
record BucketRow(String name, String account, String region, Instant created, Versioning versioning) {
    String arn() {
        return "arn:aws:s3:::" + name;
    }
}
