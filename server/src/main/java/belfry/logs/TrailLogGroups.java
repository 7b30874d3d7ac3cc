package belfry.logs;

import belfry.base.Arn;
import belfry.store.Tx;
import belfry.trail.Checks;

/** Tells CloudTrail whether a log group that it is to write to exists. */
public final class TrailLogGroups implements Checks.LogGroupCheck {
    @Override
    public Checks.Answer check(Tx tx, String account, String logGroupArn) {
        return Arn.parse(logGroupArn)
                .filter(arn -> arn.service().equals("logs") && arn.account().equals(account))
                .flatMap(arn -> LogGroupTable.find(tx, account, arn.region(), LogGroupTable.nameIn(arn)))
                .map(group -> Checks.Answer.OK)
                .orElse(Checks.Answer.MISSING);
    }
}
