package belfry.tools.doctor;

import java.util.List;
import software.amazon.awssdk.services.cloudtrail.model.GetTrailStatusResponse;
import software.amazon.awssdk.services.cloudtrail.model.Trail;

/** A trail is logging, takes reads, and delivers them. */
final class TrailCheck implements Check {
    @Override
    public String link() {
        return "trail";
    }

    @Override
    public void look(Chain chain) {
        List<Trail> trails = chain.sdk().trails.describeTrails(r -> {}).trailList().stream()
                .filter(trail -> Boolean.TRUE.equals(trail.isMultiRegionTrail())
                        || chain.region().equals(trail.homeRegion()))
                .toList();
        if (trails.isEmpty()) {
            chain.broken(
                    this,
                    "No trail records what happens in " + chain.region() + ".",
                    "aws cloudtrail create-trail --name NAME --s3-bucket-name BUCKET --is-multi-region-trail"
                            + " --cloud-watch-logs-log-group-arn GROUP_ARN:* --cloud-watch-logs-role-arn ROLE_ARN");
        }
        boolean someWritesIntoGroup = trails.stream().anyMatch(trail -> trail.cloudWatchLogsLogGroupArn() != null);
        trails.forEach(trail -> look(chain, trail, someWritesIntoGroup));
    }

    private void look(Chain chain, Trail trail, boolean someWritesIntoGroup) {
        GetTrailStatusResponse status = chain.sdk().trails.getTrailStatus(r -> r.name(trail.trailARN()));
        boolean logging = logging(chain, trail, status);
        boolean sound = reads(chain, trail) && logging;
        chain.recorded(sound);
        bucket(chain, trail, status);
        if (trail.cloudWatchLogsLogGroupArn() == null) {
            String text =
                    "The trail " + trail.name() + " writes into no log group, so no metric filter sees its records.";
            String mend = "aws cloudtrail update-trail --name " + Words.quoted(trail.name())
                    + " --cloud-watch-logs-log-group-arn GROUP_ARN:* --cloud-watch-logs-role-arn ROLE_ARN";
            if (someWritesIntoGroup) {
                chain.note(this, text, "");
            } else {
                chain.broken(this, text, mend);
            }
            return;
        }
        boolean delivered = group(chain, trail, status);
        if (sound && delivered) {
            chain.ok(this, "The trail " + trail.name() + " is logging, reads among it.");
        }
        chain.groups().add(new Hop<>(groupName(trail), sound && delivered && chain.readable()));
    }

    private boolean logging(Chain chain, Trail trail, GetTrailStatusResponse status) {
        if (Boolean.TRUE.equals(status.isLogging())) {
            return true;
        }
        chain.broken(
                this,
                "The trail " + trail.name() + " is not logging.",
                "aws cloudtrail start-logging --name " + Words.quoted(trail.name()));
        return false;
    }

    private boolean reads(Chain chain, Trail trail) {
        if (Selected.reads(chain.sdk().trails.getEventSelectors(r -> r.trailName(trail.trailARN())))) {
            return true;
        }
        chain.broken(
                this,
                "The event selectors of the trail " + trail.name()
                        + " leave reads out: GetSecretValue is a management event that only reads.",
                "aws cloudtrail put-event-selectors --trail-name " + Words.quoted(trail.name())
                        + " --event-selectors '[{\"ReadWriteType\":\"All\",\"IncludeManagementEvents\":true}]'");
        return false;
    }

    private boolean group(Chain chain, Trail trail, GetTrailStatusResponse status) {
        String error = status.latestCloudWatchLogsDeliveryError();
        if (error == null || error.isEmpty()) {
            return true;
        }
        chain.broken(
                this,
                "The log group refuses the records of the trail " + trail.name() + ": " + error + ".",
                "aws cloudtrail get-trail-status --name " + Words.quoted(trail.name()) + "   # look at the role "
                        + trail.cloudWatchLogsRoleArn() + " and the group's key");
        return false;
    }

    /** Files are evidence; the way to the mail does not lead over them. */
    private void bucket(Chain chain, Trail trail, GetTrailStatusResponse status) {
        KeyState.of(chain, trail.kmsKeyId())
                .ifPresent(key -> chain.broken(
                        this,
                        "The KMS key of the files of the trail " + trail.name() + " is " + key.state()
                                + ", so none is written (mails do not need them).",
                        key.mend()));
        String error = status.latestDeliveryError();
        if (error != null && !error.isEmpty()) {
            chain.broken(
                    this,
                    "The bucket " + trail.s3BucketName() + " refuses the files of the trail " + trail.name() + ": "
                            + error + " (mails do not need them).",
                    "aws s3api get-bucket-policy --bucket " + Words.quoted(trail.s3BucketName())
                            + "   # cloudtrail.amazonaws.com needs s3:GetBucketAcl and s3:PutObject");
        }
    }

    /** {@code arn:aws:logs:REGION:ACCOUNT:log-group:NAME:*}. */
    private static String groupName(Trail trail) {
        String[] parts = trail.cloudWatchLogsLogGroupArn().split(":", -1);
        return parts.length > 6 ? parts[6] : trail.cloudWatchLogsLogGroupArn();
    }
}
