package belfry.topics;

import belfry.access.policy.Decision;
import belfry.access.policy.PolicyDocument;
import belfry.access.policy.PolicyPrincipal;
import belfry.access.policy.PolicyRequest;
import belfry.base.Clock;
import belfry.base.Ids;
import belfry.buckets.trailfiles.LogFileNotice;
import belfry.store.Tx;
import belfry.trail.Checks;
import belfry.trail.Trail;
import belfry.wire.ServiceException;
import java.util.Map;
import java.util.Objects;

/** CloudTrail's notices of new log files, where the topic's policy lets it publish (semantics: cloudtrail.md §3). */
public final class TrailNotices implements LogFileNotice, Checks.TopicCheck {
    private static final String SERVICE = "cloudtrail.amazonaws.com";

    private final Publisher publisher;
    private final TopicKeys keys;
    private final Clock clock;
    private final Ids ids;

    TrailNotices(Publisher publisher, TopicKeys keys, Clock clock, Ids ids) {
        this.publisher = publisher;
        this.keys = keys;
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public Checks.Answer check(Tx tx, String topicArn, String trailArn) {
        return Topic.find(tx, topicArn)
                .map(topic -> allows(topic, trailArn) ? Checks.Answer.OK : Checks.Answer.REFUSED)
                .orElse(Checks.Answer.MISSING);
    }

    private static boolean allows(Topic topic, String trailArn) {
        var request = PolicyRequest.of(
                new PolicyPrincipal.Service(SERVICE),
                "SNS:Publish",
                topic.arn(),
                Map.of("aws:SourceArn", trailArn, "aws:SourceAccount", topic.owner()));
        return PolicyDocument.parse(topic.policy()).evaluate(request) == Decision.ALLOW;
    }

    @Override
    public void publish(Tx tx, Trail trail, String message) {
        String arn = Objects.requireNonNull(trail.topic()).arn();
        Topic topic = Topic.get(tx, arn);
        if (!allows(topic, trail.arn())) {
            throw ServiceException.of("AuthorizationError", 403, "The topic's policy does not let CloudTrail publish.");
        }
        Message text = Message.read(message, null, null, null);
        TopicKeys.Answer key = keys.forService(tx, topic, SERVICE, trail.arn(), clock.now());
        if (key.refusal() != null) {
            throw key.refusal();
        }
        publisher.publish(tx, new Publication(ids.uuid(), topic, text, key.keyId(), clock.now()));
    }
}
