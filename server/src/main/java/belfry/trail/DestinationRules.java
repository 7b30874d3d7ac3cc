package belfry.trail;

import belfry.base.Arn;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.util.Optional;

/** Refuses a trail whose destinations would refuse its deliveries, in AWS's words (semantics: cloudtrail.md §3, §4). */
final class DestinationRules {
    private static final String DENIED = "Access denied. Check the %s for your role.";

    private static final String BAD_GROUP = "CloudTrail cannot validate the specified log group ARN.";

    private final Checks checks;

    DestinationRules(Checks checks) {
        this.checks = checks;
    }

    void bucket(Tx tx, TrailDraft draft) {
        TrailNames.checkBucket(draft.bucket());
        if (draft.prefix() != null) {
            TrailNames.checkPrefix(draft.prefix());
        }
        String prefix = draft.prefix() == null ? "" : draft.prefix();
        switch (checks.bucket()
                .check(tx, draft.account(), draft.bucket(), prefix, draft.arn(), Optional.ofNullable(draft.kmsKey()))) {
            case OK -> {}
            case MISSING ->
                throw ServiceException.of(
                        "S3BucketDoesNotExistException", "S3 bucket " + draft.bucket() + " does not exist!");
            case REFUSED, DISABLED ->
                throw ServiceException.of(
                        "InsufficientS3BucketPolicyException",
                        "Incorrect S3 bucket policy is detected for bucket: " + draft.bucket());
        }
    }

    void logs(Tx tx, TrailDraft draft) {
        String group = draft.logGroup();
        String role = draft.logRole();
        if (group == null && role == null) {
            return;
        }
        if (group == null) {
            throw badGroup("You must specify a log group as well as a role ARN.");
        }
        if (role == null) {
            throw badRole("You must specify a role ARN as well as a log group.");
        }
        checkGroup(tx, draft, group);
        Arn parsed = Arn.parse(role).filter(arn -> arn.service().equals("iam")).orElse(null);
        if (parsed == null || !parsed.resource().startsWith("role/")) {
            throw badRole("CloudTrail cannot validate the specified role ARN.");
        }
        String stream = group.substring(0, group.length() - 1) + "log-stream:" + draft.account() + "_CloudTrail_"
                + draft.homeRegion();
        switch (checks.role().check(tx, role, stream, draft.arn())) {
            case OK -> {}
            case MISSING, DISABLED -> throw badRole(DENIED.formatted("trust relationships"));
            case REFUSED -> throw badGroup(DENIED.formatted("permissions"));
        }
    }

    private void checkGroup(Tx tx, TrailDraft draft, String group) {
        Arn arn = Arn.parse(group)
                .filter(it -> it.service().equals("logs"))
                .filter(it -> it.resource().startsWith("log-group:"))
                .filter(it -> it.resource().endsWith(":*"))
                .filter(it -> it.account().equals(draft.account()))
                .orElseThrow(() -> badGroup(BAD_GROUP));
        if (!arn.region().equals(draft.homeRegion())) {
            throw badGroup("The log group must be in the trail's home region: " + draft.homeRegion() + ".");
        }
        if (checks.logGroup().check(tx, draft.account(), group) != Checks.Answer.OK) {
            throw badGroup(BAD_GROUP);
        }
    }

    void topic(Tx tx, TrailDraft draft) {
        String topicArn = draft.topicArn();
        if (topicArn == null) {
            return;
        }
        if (checks.topic().check(tx, topicArn, draft.arn()) != Checks.Answer.OK) {
            throw ServiceException.of(
                    "InsufficientSnsTopicPolicyException",
                    "SNS Topic does not exist or the topic policy is incorrect!");
        }
    }

    /** Returns the draft with its key's ARN in place of the id or alias that the caller gave. */
    TrailDraft key(Tx tx, TrailDraft draft) {
        String key = draft.kmsKey();
        if (key == null) {
            return draft;
        }
        requireKeyArn(key);
        Checks.KeyAnswer told =
                checks.key().check(tx, draft.account(), draft.homeRegion(), key, draft.bucket(), draft.arn());
        return switch (told.answer()) {
            case OK -> draft.withKmsKey(told.arn());
            case MISSING -> throw ServiceException.of("KmsKeyNotFoundException", "KMS key " + key + " does not exist.");
            case DISABLED -> throw ServiceException.of("KmsKeyDisabledException", "KMS key " + key + " is disabled.");
            case REFUSED ->
                throw ServiceException.of(
                        "InsufficientEncryptionPolicyException",
                        "Insufficient permissions to access S3 bucket " + draft.bucket() + " or KMS key " + key + ".");
        };
    }

    private static void requireKeyArn(String key) {
        boolean wrong = key.startsWith("arn:")
                && Arn.parse(key)
                        .filter(arn -> arn.service().equals("kms"))
                        .filter(arn -> arn.resource().startsWith("key/")
                                || arn.resource().startsWith("alias/"))
                        .isEmpty();
        if (wrong) {
            throw ServiceException.of("InvalidKmsKeyIdException", "KMS key id is not valid: " + key);
        }
    }

    private static ServiceException badGroup(String message) {
        return ServiceException.of("InvalidCloudWatchLogsLogGroupArnException", message);
    }

    private static ServiceException badRole(String message) {
        return ServiceException.of("InvalidCloudWatchLogsRoleArnException", message);
    }
}
