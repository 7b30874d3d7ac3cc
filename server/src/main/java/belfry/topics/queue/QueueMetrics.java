package belfry.topics.queue;

import belfry.base.Arn;
import belfry.base.Bell;
import belfry.metrics.ServiceCounts;
import belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** The metrics in {@code AWS/SQS}, by {@code QueueName} (docs/decisions/0707-service-metrics.md). */
final class QueueMetrics {
    /** Rung when a queue has begun to be watched. */
    static final Bell WATCHED = new Bell("queues.watched");

    /** So long after it last had a message a queue is active. */
    static final Duration ACTIVE = Duration.ofHours(6);

    private QueueMetrics() {}

    static void sent(Tx tx, Queue queue, NewMessage message, Instant now) {
        ServiceCounts own = of(queue.arn());
        own.count(tx, "NumberOfMessagesSent", now);
        own.measure(tx, "SentMessageSize", "Bytes", message.size(), now);
        watch(tx, queue.arn(), now);
    }

    static void received(Tx tx, Queue queue, int messages, Instant now) {
        number(tx, queue, "NumberOfMessagesReceived", messages, now);
    }

    static void deleted(Tx tx, Queue queue, int messages, Instant now) {
        number(tx, queue, "NumberOfMessagesDeleted", messages, now);
    }

    private static void number(Tx tx, Queue queue, String name, int messages, Instant now) {
        if (messages > 0) {
            of(queue.arn()).measure(tx, name, "Count", messages, now);
        }
    }

    /** A message has come into the queue. Costs a write where the queue was not watched yet, and then once an hour. */
    static void watch(Tx tx, String queueArn, Instant now) {
        int changed = tx.update(
                "INSERT INTO queue_gauge (queue_arn, active_until) VALUES (?, ?) ON CONFLICT (queue_arn) DO UPDATE"
                        + " SET active_until = excluded.active_until WHERE queue_gauge.active_until < ?",
                queueArn,
                now.plus(ACTIVE),
                now.plus(ACTIVE).minus(Duration.ofHours(1)));
        if (changed > 0) {
            tx.ring(WATCHED);
        }
    }

    static ServiceCounts of(String queueArn) {
        Arn arn = Arn.parse(queueArn).orElseThrow();
        return new ServiceCounts(arn.account(), arn.region(), "AWS/SQS", Map.of("QueueName", arn.resource()));
    }
}
