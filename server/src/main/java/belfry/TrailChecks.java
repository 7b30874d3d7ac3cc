package belfry;

import belfry.buckets.trailfiles.TrailBucket;
import belfry.logs.TrailLogGroups;
import belfry.topics.TrailNotices;
import belfry.trail.Checks;
import belfry.wire.ServiceException;

/** How CloudTrail's questions about a trail's destinations are answered by the stages that know. */
final class TrailChecks {
    private TrailChecks() {}

    static Checks of(TrailBucket buckets, TrailNotices topics) {
        return new Checks(
                buckets,
                new TrailLogGroups(),
                // IAM's roles are not asked yet: every role is taken.
                (tx, roleArn, streamArn) -> Checks.Answer.OK,
                topics,
                (tx, account, region, keyId, trailArn) -> {
                    throw ServiceException.of(
                            "NotImplemented",
                            "Belfry does not encrypt log files with a KMS key yet; leave KmsKeyId out.");
                });
    }
}
