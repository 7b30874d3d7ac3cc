package belfry;

import belfry.access.RolePermissions;
import belfry.buckets.trailfiles.TrailBucket;
import belfry.buckets.trailfiles.TrailKeys;
import belfry.logs.TrailLogGroups;
import belfry.store.Tx;
import belfry.topics.TrailNotices;
import belfry.trail.Checks;
import java.util.Map;

/** How CloudTrail's questions about a trail's destinations are answered by the stages that know. */
final class TrailChecks {
    private TrailChecks() {}

    /** Does the role trust CloudTrail, and may it write the stream? */
    static Checks.Answer role(Tx tx, String roleArn, String streamArn, String trailArn) {
        if (!RolePermissions.trusts(tx, roleArn, "cloudtrail.amazonaws.com", Map.of("aws:SourceArn", trailArn))) {
            return Checks.Answer.MISSING;
        }
        boolean writes = RolePermissions.allows(tx, roleArn, "logs:CreateLogStream", streamArn)
                && RolePermissions.allows(tx, roleArn, "logs:PutLogEvents", streamArn);
        return writes ? Checks.Answer.OK : Checks.Answer.REFUSED;
    }

    static Checks of(TrailBucket buckets, TrailNotices topics, TrailKeys keys) {
        return new Checks(buckets, new TrailLogGroups(), TrailChecks::role, topics, keys);
    }
}
