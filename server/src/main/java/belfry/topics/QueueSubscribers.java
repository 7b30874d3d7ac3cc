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
    private final Links links;

    QueueSubscribers(Queues queues, Links links) {
        this.queues = queues;
        this.links = links;
    }

    /** Part of the caller's transaction; never throws for what the queue refuses. */
    Decision send(Tx tx, Publication publication, Subscription subscription) {
        Message message = publication.message();
        boolean raw = "true".equals(subscription.attributes().get("RawMessageDelivery"));
        if (raw && message.attributes().size() > RAW_ATTRIBUTES_MAX) {
            return new Decision.Dead("A raw message can have 10 attributes at most.");
        }
        NewMessage sent = raw
                ? NewMessage.of(message.bodyFor("sqs"), attributes(message), null)
                : NewMessage.of(envelope(publication, subscription), Map.of(), null);
        String topic = publication.topic().arn();
        Map<String, String> conditions = Map.of(
                "aws:SourceArn",
                topic,
                "aws:SourceAccount",
                Arn.parse(topic).orElseThrow().account());
        try {
            return switch (queues.send(tx, subscription.endpoint(), sent, SERVICE, conditions, publication.at())) {
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

    private String envelope(Publication publication, Subscription subscription) {
        return Envelope.notification(
                publication.messageId(),
                publication.topic().arn(),
                publication.message(),
                subscription.protocol(),
                publication.at(),
                links.unsubscribe(subscription));
    }
}
