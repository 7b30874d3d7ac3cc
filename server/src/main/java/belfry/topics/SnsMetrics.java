package belfry.topics;

import belfry.base.Arn;
import belfry.metrics.ServiceCounts;
import belfry.store.Tx;
import java.time.Instant;
import java.util.Map;

/** The metrics in {@code AWS/SNS}, by topic, for the alarms that people set on their alerts' delivery. */
final class SnsMetrics {
    private static final String NAMESPACE = "AWS/SNS";

    private SnsMetrics() {}

    static void published(Tx tx, Publication publication) {
        Message message = publication.message();
        String topic = publication.topic().arn();
        Instant at = publication.at();
        ServiceCounts own = of(topic);
        own.count(tx, "NumberOfMessagesPublished", at);
        own.measure(tx, "PublishSize", "Bytes", Message.size(message.body(), message.attributes()), at);
    }

    static void filteredOut(Tx tx, String topicArn, Instant at) {
        count(tx, topicArn, "NumberOfNotificationsFilteredOut", at);
    }

    /** A notification has got through, or never will. */
    static void ended(Tx tx, String topicArn, Decision decision, Instant at) {
        switch (decision) {
            case Decision.Sent sent -> count(tx, topicArn, "NumberOfNotificationsDelivered", at);
            case Decision.Dead dead -> count(tx, topicArn, "NumberOfNotificationsFailed", at);
            case Decision.NotAuthorised refused -> count(tx, topicArn, "NumberOfNotificationsFailed", at);
            case Decision.FilteredOut filtered -> filteredOut(tx, topicArn, at);
            case Decision.Queued queued -> {}
            case Decision.Gathered gathered -> {}
            case Decision.Retrying retrying -> {}
            case Decision.NotConfirmed pending -> {}
        }
    }

    /** The same for a row of the outbox; confirmations are no notifications, and a digest is as many as it carries. */
    static void ended(Tx tx, long seq, Decision decision, Instant at) {
        long carried = Math.max(1, tx.count("SELECT COUNT(*) FROM outbox WHERE digest = ?", seq));
        tx.first(
                        "SELECT topic_arn FROM outbox WHERE seq = ? AND topic_arn <> '' AND lane NOT LIKE 'confirm:%'",
                        row -> row.text(1), seq)
                .ifPresent(topic -> {
                    for (int i = 0; i < carried; i++) {
                        ended(tx, topic, decision, at);
                    }
                });
    }

    static void redriven(Tx tx, String topicArn, boolean buried, Instant at) {
        count(
                tx,
                topicArn,
                buried ? "NumberOfNotificationsRedrivenToDlq" : "NumberOfNotificationsFailedToRedriveToDlq",
                at);
    }

    private static void count(Tx tx, String topicArn, String name, Instant at) {
        of(topicArn).count(tx, name, at);
    }

    private static ServiceCounts of(String topicArn) {
        Arn arn = Arn.parse(topicArn).orElseThrow();
        return new ServiceCounts(arn.account(), arn.region(), NAMESPACE, Map.of("TopicName", arn.resource()));
    }
}
