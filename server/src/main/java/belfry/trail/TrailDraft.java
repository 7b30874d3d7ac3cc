package belfry.trail;

import belfry.api.cloudtrail.CreateTrailRequest;
import belfry.api.cloudtrail.UpdateTrailRequest;
import belfry.base.Arn;
import belfry.gateway.Call;
import belfry.wire.ServiceException;
import org.jspecify.annotations.Nullable;

/** A trail as it will be if its creation or change is accepted. */
record TrailDraft(
        String account,
        String homeRegion,
        String name,
        String bucket,
        @Nullable String prefix,
        @Nullable String topicName,
        @Nullable String topicArn,
        boolean globalEvents,
        boolean multiRegion,
        boolean validation,
        @Nullable String logGroup,
        @Nullable String logRole,
        @Nullable String kmsKey) {
    TrailDraft {
        if (multiRegion && !globalEvents) {
            throw ServiceException.of(
                    "InvalidParameterCombinationException", "Multi-Region trail must include global service events.");
        }
    }

    TrailDraft withKmsKey(String arn) {
        return new TrailDraft(
                account,
                homeRegion,
                name,
                bucket,
                prefix,
                topicName,
                topicArn,
                globalEvents,
                multiRegion,
                validation,
                logGroup,
                logRole,
                arn);
    }

    String arn() {
        return Arn.of("cloudtrail", homeRegion, account, "trail/" + name).toString();
    }

    static TrailDraft of(CreateTrailRequest in, Call call) {
        refuseOrganization(in.isOrganizationTrail());
        String topic = given(in.snsTopicName());
        return new TrailDraft(
                call.account(),
                call.region(),
                in.name(),
                in.s3BucketName(),
                given(in.s3KeyPrefix()),
                topic,
                topicArn(topic, call.account(), call.region()),
                !Boolean.FALSE.equals(in.includeGlobalServiceEvents()),
                Boolean.TRUE.equals(in.isMultiRegionTrail()),
                Boolean.TRUE.equals(in.enableLogFileValidation()),
                given(in.cloudWatchLogsLogGroupArn()),
                given(in.cloudWatchLogsRoleArn()),
                given(in.kmsKeyId()));
    }

    /** The trail with what the request gives; an empty text takes the member away. */
    static TrailDraft of(UpdateTrailRequest in, Trail trail) {
        refuseOrganization(in.isOrganizationTrail());
        Trail.Topic topic = trail.topic();
        Trail.LogsTarget logs = trail.logs();
        String topicName = changed(in.snsTopicName(), topic == null ? null : topic.name());
        return new TrailDraft(
                trail.account(),
                trail.homeRegion(),
                trail.name(),
                in.s3BucketName() == null ? trail.bucket() : in.s3BucketName(),
                changed(in.s3KeyPrefix(), trail.prefix()),
                topicName,
                topicArn(topicName, trail.account(), trail.homeRegion()),
                changed(in.includeGlobalServiceEvents(), trail.globalEvents()),
                changed(in.isMultiRegionTrail(), trail.multiRegion()),
                changed(in.enableLogFileValidation(), trail.validation()),
                changed(in.cloudWatchLogsLogGroupArn(), logs == null ? null : logs.logGroupArn()),
                changed(in.cloudWatchLogsRoleArn(), logs == null ? null : logs.roleArn()),
                changed(in.kmsKeyId(), trail.kmsKey()));
    }

    private static void refuseOrganization(@Nullable Boolean organization) {
        if (Boolean.TRUE.equals(organization)) {
            throw ServiceException.of(
                    "OrganizationsNotInUseException", "Your account is not a member of an organization.");
        }
    }

    private static @Nullable String topicArn(@Nullable String nameOrArn, String account, String region) {
        if (nameOrArn == null) {
            return null;
        }
        if (!nameOrArn.startsWith("arn:")) {
            if (!nameOrArn.matches("[A-Za-z0-9_-]{1,256}")) {
                throw invalidTopic(nameOrArn);
            }
            return Arn.of("sns", region, account, nameOrArn).toString();
        }
        return Arn.parse(nameOrArn)
                .filter(arn -> arn.service().equals("sns"))
                .orElseThrow(() -> invalidTopic(nameOrArn))
                .toString();
    }

    private static ServiceException invalidTopic(String nameOrArn) {
        return ServiceException.of("InvalidSnsTopicNameException", "SNS topic name is not valid: " + nameOrArn);
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static @Nullable String changed(@Nullable String to, @Nullable String from) {
        return to == null ? from : given(to);
    }

    private static boolean changed(@Nullable Boolean to, boolean from) {
        return to == null ? from : to;
    }
}
