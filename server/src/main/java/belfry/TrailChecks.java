package belfry;

import belfry.logs.TrailLogGroups;
import belfry.trail.Checks;

/** How CloudTrail's questions about a trail's destinations are answered by the stages that know. */
final class TrailChecks {
    /** Says yes to what no stage answers yet; replaced stage by stage. */
    static final Checks OPEN = new Checks(
            (tx, account, bucket, key, trailArn) -> Checks.Answer.OK,
            new TrailLogGroups(),
            (tx, roleArn, streamArn) -> Checks.Answer.OK,
            (tx, topicArn, trailArn) -> Checks.Answer.OK,
            (tx, account, region, keyId, trailArn) -> Checks.Answer.OK);

    private TrailChecks() {}
}
