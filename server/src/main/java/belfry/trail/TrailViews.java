package belfry.trail;

import belfry.api.Services;
import belfry.api.cloudtrail.CreateTrailResponse;
import belfry.api.cloudtrail.GetTrailStatusResponse;
import belfry.api.cloudtrail.TrailInfo;
import belfry.api.cloudtrail.UpdateTrailResponse;
import belfry.base.Structs;
import belfry.store.Tx;
import belfry.trail.TrailStatus.Destination;
import belfry.trail.TrailStatus.Latest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Trails in the API's shapes. */
final class TrailViews {
    private static final Structs STRUCTS = new Structs(Services.CLOUDTRAIL.model());

    private TrailViews() {}

    static belfry.api.cloudtrail.Trail trail(Tx tx, Trail trail) {
        return new belfry.api.cloudtrail.Trail()
                .name(trail.name())
                .s3BucketName(trail.bucket())
                .s3KeyPrefix(trail.prefix())
                .snsTopicName(topic(trail, Trail.Topic::name))
                .snsTopicARN(topic(trail, Trail.Topic::arn))
                .includeGlobalServiceEvents(trail.globalEvents())
                .isMultiRegionTrail(trail.multiRegion())
                .homeRegion(trail.homeRegion())
                .trailARN(trail.arn())
                .logFileValidationEnabled(trail.validation())
                .cloudWatchLogsLogGroupArn(logs(trail, Trail.LogsTarget::logGroupArn))
                .cloudWatchLogsRoleArn(logs(trail, Trail.LogsTarget::roleArn))
                .kmsKeyId(trail.kmsKey())
                .hasCustomEventSelectors(trail.selectors() != null)
                .hasInsightSelectors(!InsightSelectors.of(tx, trail).isEmpty())
                .isOrganizationTrail(false);
    }

    static TrailInfo info(Trail trail) {
        return new TrailInfo().trailARN(trail.arn()).name(trail.name()).homeRegion(trail.homeRegion());
    }

    static CreateTrailResponse created(TrailDraft draft) {
        return new CreateTrailResponse()
                .name(draft.name())
                .s3BucketName(draft.bucket())
                .s3KeyPrefix(draft.prefix())
                .snsTopicName(draft.topicName())
                .snsTopicARN(draft.topicArn())
                .includeGlobalServiceEvents(draft.globalEvents())
                .isMultiRegionTrail(draft.multiRegion())
                .trailARN(draft.arn())
                .logFileValidationEnabled(draft.validation())
                .cloudWatchLogsLogGroupArn(draft.logGroup())
                .cloudWatchLogsRoleArn(draft.logRole())
                .kmsKeyId(draft.kmsKey())
                .isOrganizationTrail(false);
    }

    static UpdateTrailResponse updated(TrailDraft draft) {
        return STRUCTS.copy(created(draft), new UpdateTrailResponse());
    }

    static GetTrailStatusResponse status(Tx tx, Trail trail) {
        Optional<Latest> bucket = TrailStatus.latest(tx, trail, Destination.BUCKET);
        Optional<Latest> topic = TrailStatus.latest(tx, trail, Destination.TOPIC);
        Optional<Latest> logs = TrailStatus.latest(tx, trail, Destination.LOGS);
        Optional<Latest> digest = TrailStatus.latest(tx, trail, Destination.DIGEST);
        return new GetTrailStatusResponse()
                .isLogging(trail.logging())
                .startLoggingTime(trail.startedAt())
                .stopLoggingTime(trail.stoppedAt())
                .latestDeliveryTime(at(bucket))
                .latestDeliveryError(error(bucket))
                .latestNotificationTime(at(topic))
                .latestNotificationError(error(topic))
                .latestCloudWatchLogsDeliveryTime(at(logs))
                .latestCloudWatchLogsDeliveryError(error(logs))
                .latestDigestDeliveryTime(at(digest))
                .latestDigestDeliveryError(error(digest))
                .latestDeliveryAttemptTime(attempted(bucket))
                .latestDeliveryAttemptSucceeded(succeeded(bucket))
                .latestNotificationAttemptTime(attempted(topic))
                .latestNotificationAttemptSucceeded(succeeded(topic))
                .timeLoggingStarted(text(trail.startedAt()))
                .timeLoggingStopped(text(trail.stoppedAt()));
    }

    private static @Nullable Instant at(Optional<Latest> latest) {
        return latest.isEmpty() ? null : latest.get().deliveredAt();
    }

    private static @Nullable String error(Optional<Latest> latest) {
        return latest.isEmpty() ? null : latest.get().error();
    }

    private static String attempted(Optional<Latest> latest) {
        return latest.map(it -> text(it.attemptedAt())).orElse("");
    }

    /** The old member holds the time of the last attempt that succeeded, as text. */
    private static String succeeded(Optional<Latest> latest) {
        return latest.isEmpty() ? "" : text(latest.get().deliveredAt());
    }

    private static String text(@Nullable Instant at) {
        return at == null ? "" : at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static @Nullable String topic(Trail trail, Function<Trail.Topic, String> part) {
        Trail.Topic topic = trail.topic();
        return topic == null ? null : part.apply(topic);
    }

    private static @Nullable String logs(Trail trail, Function<Trail.LogsTarget, String> part) {
        Trail.LogsTarget logs = trail.logs();
        return logs == null ? null : part.apply(logs);
    }
}
