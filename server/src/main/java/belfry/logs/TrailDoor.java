package belfry.logs;

import belfry.store.Tx;
import belfry.trail.Checks;
import belfry.trail.Trail;
import java.util.Optional;

/** Whether a trail may write into its log group: asked at every delivery, for roles and groups change. */
final class TrailDoor {
    private final Checks.RoleCheck roles;

    TrailDoor(Checks.RoleCheck roles) {
        this.roles = roles;
    }

    /** The error that CloudWatch Logs or STS would answer; empty where the door is open. */
    Optional<String> refusal(Tx tx, Trail trail, Trail.LogsTarget target) {
        String arn = target.logGroupArn();
        String group = arn.endsWith(":*") ? arn.substring(0, arn.length() - 1) : arn + ":";
        String stream = group + "log-stream:" + trail.logStream();
        if (roles.check(tx, target.roleArn(), stream, trail.arn()) != Checks.Answer.OK) {
            return Optional.of("AccessDenied");
        }
        Optional<LogGroupRow> found = group(tx, trail, target);
        return found.isEmpty() ? Optional.of("ResourceNotFoundException") : GroupKeys.refusal(tx, found.get());
    }

    static Optional<LogGroupRow> group(Tx tx, Trail trail, Trail.LogsTarget target) {
        return LogGroupTable.find(tx, trail.account(), target.region(), target.logGroupName());
    }
}
