package belfry.buckets.trailfiles;

import belfry.buckets.Buckets;
import belfry.buckets.KmsSeal;
import belfry.store.Tx;
import belfry.trail.Checks;
import belfry.trail.Trail;
import belfry.wire.ServiceException;
import java.util.Map;
import java.util.Optional;

/** The buckets as CloudTrail meets them: it may write only where the bucket's policy says so, each time anew. */
public final class TrailBucket implements LogFileBucket, Checks.BucketCheck {
    private final Buckets buckets;
    private final TrailKeys keys;

    public TrailBucket(Buckets buckets, TrailKeys keys) {
        this.buckets = buckets;
        this.keys = keys;
    }

    @Override
    public Checks.Answer check(
            Tx tx, String account, String bucket, String prefix, String trailArn, Optional<String> kmsKeyArn) {
        if (!buckets.exists(tx, bucket)) {
            return Checks.Answer.MISSING;
        }
        return buckets.letsTrailWrite(tx, bucket, prefix, account, trailArn, kmsKeyArn)
                ? Checks.Answer.OK
                : Checks.Answer.REFUSED;
    }

    @Override
    public void put(Tx tx, Trail trail, String key, byte[] file, Map<String, String> metadata) {
        Optional<KmsSeal> kms = keys.seal(tx, trail, key);
        if (buckets.exists(tx, trail.bucket())
                && !buckets.letsTrailPut(
                        tx, trail.bucket(), key, trail.account(), trail.arn(), kms.map(KmsSeal::keyArn))) {
            throw ServiceException.of("AccessDenied", 403, "Access Denied");
        }
        var unused = buckets.put(tx, trail.bucket(), key, file, "application/json", metadata, kms);
    }
}
