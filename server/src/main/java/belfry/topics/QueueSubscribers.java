package belfry.topics;

import belfry.base.Arn;
import belfry.store.Tx;
import belfry.topics.queue.Attribute;
import belfry.topics.queue.NewMessage;
import belfry.topics.queue.Queues;
import belfry.wire.ServiceException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sends to the queues among a topic's subscribers: the envelope, or with raw delivery the message with its attributes
 * (semantics: sns.md §5). The queue's policy decides; there is nothing to retry.
 */
final class QueueSubscribers {
    private static final String SERVICE = "sns.amazonaws.com";
    private static final int RAW_ATTRIBUTES_MAX = 10;

    private final Queues queues;
    private final Envelopes envelopes;
    private final DeadLetters deadLetters;

    QueueSubscribers(Queues queues, Envelopes envelopes, DeadLetters deadLetters) {
        this.queues = queues;
        this.envelopes = envelopes;
        this.deadLetters = deadLetters;
    }

    /** Part of the caller's transaction; never throws for what the queue refuses. */
    Decision send(Tx tx, Publication publication, Subscription subscription) {
        NewMessage message = message(tx, publication, subscription);
        Decision decision = tried(tx, publication, subscription, message);
        String queue = DeadLetters.queueOf(subscription.attributes());
        if (queue == null || decision instanceof Decision.Sent) {
            return decision;
        }
        DeadLetters.Letter letter = new DeadLetters.Letter(
                subscription.topicArn(),
                queue,
                message.body(),
                message.attributes(),
                message.groupId(),
                message.dedupId(),
                decision instanceof Decision.NotAuthorised ? "AccessDenied" : "ClientError",
                decision.reason());
        String epitaph = decision.reason()
                + deadLetters
                        .bury(tx, letter, publication.at())
                        .map(why -> "; " + why)
                        .orElse("; kept in " + queue);
        return decision instanceof Decision.NotAuthorised
                ? new Decision.NotAuthorised(epitaph)
                : new Decision.Dead(epitaph);
    }

    private NewMessage message(Tx tx, Publication publication, Subscription subscription) {
        boolean raw = subscription.raw();
        String body =
                raw ? publication.message().bodyFor("sqs") : envelopes.notification(tx, publication, subscription);
        Map<String, Attribute> attributes = raw ? attributes(publication.message()) : Map.of();
        Publication.Order order = publication.order();
        boolean fifoQueue = subscription.endpoint().endsWith(".fifo");
        return new NewMessage(
                body,
                new TreeMap<>(attributes),
                order == null ? null : order.group(),
                order != null && fifoQueue ? order.dedupId() : null,
                null,
                null);
    }

    private Decision tried(Tx tx, Publication publication, Subscription subscription, NewMessage message) {
        if (message.attributes().size() > RAW_ATTRIBUTES_MAX) {
            return new Decision.Dead("A raw message can have 10 attributes at most.");
        }
        String topic = publication.topic().arn();
        Map<String, String> conditions = Map.of(
                "aws:SourceArn",
                topic,
                "aws:SourceAccount",
                Arn.parse(topic).orElseThrow().account());
        try {
            return switch (queues.send(tx, subscription.endpoint(), message, SERVICE, conditions, publication.at())) {
                case SENT -> new Decision.Sent(publication.at());
                case NO_QUEUE -> new Decision.Dead("The specified queue does not exist.");
                case NOT_ALLOWED ->
                    new Decision.NotAuthorised(SERVICE + " is not authorized to perform: sqs:SendMessage on resource: "
                            + subscription.endpoint()
                            + " because no resource-based policy allows the sqs:SendMessage action");
            };
        } catch (ServiceException e) {
            return new Decision.Dead(String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, Attribute> attributes(Message message) {
        Map<String, Attribute> attributes = new TreeMap<>();
        // SQS knows no lists; they go as the text they are.
        message.attributes()
                .forEach((name, attribute) -> attributes.put(
                        name,
                        new Attribute(
                                attribute.type().equals("String.Array") ? "String" : attribute.type(),
                                attribute.value())));
        return attributes;
    }
}
