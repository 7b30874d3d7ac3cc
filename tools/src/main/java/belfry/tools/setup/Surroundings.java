package belfry.tools.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Trail;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.Subscription;

/** Asks for what must be there before detections are of use, and collects what is doubtful. */
final class Surroundings {
    private static final String PENDING = "PendingConfirmation";

    private final CloudTrailClient trails;
    private final CloudWatchLogsClient logs;
    private final SnsClient topics;
    private final List<String> warnings = new ArrayList<>();

    Surroundings(CloudTrailClient trails, CloudWatchLogsClient logs, SnsClient topics) {
        this.trails = trails;
        this.logs = logs;
        this.topics = topics;
    }

    /** One sentence for each thing that would keep mails from coming. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /**
     * Finds the log group: the named one, or that of the account's only trail with one.
     *
     * @throws Wrong if there is no such group or topic
     */
    Target target(Arn topic, @Nullable String namedGroup) {
        checkTopic(topic.toString());
        List<Trail> writing = trails.describeTrails(r -> {}).trailList().stream()
                .filter(trail -> group(trail, topic.region().orElse("")).isPresent())
                .toList();
        String group = namedGroup == null ? onlyGroup(writing, topic) : namedGroup;
        boolean there = logs.describeLogGroupsPaginator(r -> r.logGroupNamePrefix(group)).logGroups().stream()
                .anyMatch(each -> each.logGroupName().equals(group));
        if (!there) {
            throw new Wrong(
                    "There is no log group " + group + " in " + topic.region().orElse("")
                            + ". Create it and let a trail write into it, or name another with --log-group.");
        }
        Optional<Trail> trail = writing.stream()
                .filter(each -> group(each, topic.region().orElse("")).equals(Optional.of(group)))
                .findFirst();
        trail.ifPresentOrElse(
                this::checkLogging,
                () -> warnings.add("No trail of this account writes into " + group + ": no record will arrive there."));
        return new Target(group, topic.toString(), trail.map(Trail::s3BucketName));
    }

    private static String onlyGroup(List<Trail> writing, Arn topic) {
        List<String> groups = writing.stream()
                .flatMap(trail -> group(trail, topic.region().orElse("")).stream())
                .distinct()
                .toList();
        if (groups.isEmpty()) {
            throw new Wrong(
                    "No trail writes into a log group in " + topic.region().orElse("")
                            + ". Give a trail one (aws cloudtrail update-trail --cloud-watch-logs-log-group-arn …), or name the"
                            + " group with --log-group.");
        }
        if (groups.size() > 1) {
            throw new Wrong(
                    "Trails write into several log groups; choose one with --log-group: " + String.join(", ", groups));
        }
        return groups.getFirst();
    }

    /** The name of the trail's log group, if it lies in the region. */
    private static Optional<String> group(Trail trail, String region) {
        if (trail.cloudWatchLogsLogGroupArn() == null) {
            return Optional.empty();
        }
        String[] parts = trail.cloudWatchLogsLogGroupArn().split(":", -1);
        return parts.length > 6 && parts[3].equals(region) ? Optional.of(parts[6]) : Optional.empty();
    }

    private void checkLogging(Trail trail) {
        if (!trails.getTrailStatus(r -> r.name(trail.trailARN())).isLogging()) {
            warnings.add("The trail " + trail.name() + " is not logging: start it with aws cloudtrail start-logging.");
        }
    }

    private void checkTopic(String topic) {
        try {
            topics.getTopicAttributes(r -> r.topicArn(topic));
        } catch (NotFoundException _) {
            throw new Wrong("There is no topic " + topic + ". Create it with aws sns create-topic.");
        }
        List<Subscription> subscriptions =
                topics.listSubscriptionsByTopicPaginator(r -> r.topicArn(topic)).subscriptions().stream()
                        .toList();
        List<String> pending = subscriptions.stream()
                .filter(subscription -> PENDING.equals(subscription.subscriptionArn()))
                .map(Subscription::endpoint)
                .toList();
        if (subscriptions.isEmpty()) {
            warnings.add("Nobody is subscribed to " + topic + ": alarms will be raised and nobody told.");
        } else if (!pending.isEmpty()) {
            warnings.add("Not confirmed yet, so not told: " + String.join(", ", pending)
                    + ". Follow the link in the confirmation mail.");
        }
    }
}
