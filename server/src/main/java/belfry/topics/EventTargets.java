package belfry.topics;

import belfry.access.policy.PolicyDocument;
import belfry.access.policy.PolicyPrincipal;
import belfry.access.policy.PolicyRequest;
import belfry.base.Arn;
import belfry.base.Clock;
import belfry.base.Ids;
import belfry.events.Deliveries;
import belfry.events.Delivery;
import belfry.events.DeliveryPump;
import belfry.events.Failure;
import belfry.events.Failure.Code;
import belfry.store.Store;
import belfry.store.Tx;
import belfry.topics.queue.Attribute;
import belfry.topics.queue.NewMessage;
import belfry.topics.queue.Queues;
import belfry.wire.ServiceException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers EventBridge's events to topics and queues, and buries what could not be delivered in dead-letter queues
 * (semantics: eventbridge-iam.md §5). What came of it is told to the events stage in the same transaction.
 */
final class EventTargets extends DeliveryPump {
    private static final Logger LOG = LoggerFactory.getLogger(EventTargets.class);
    private static final String SERVICE = "events.amazonaws.com";
    private static final List<String> LANES = List.of("sns", "sqs", Deliveries.DLQ);
    private static final int BATCH = 50;

    private final Publisher publisher;
    private final TopicKeys keys;
    private final Queues queues;
    private final Ids ids;

    EventTargets(Store store, Clock clock, Publisher publisher, TopicKeys keys, Queues queues, Ids ids) {
        super("topics.events", LANES, BATCH, store, clock);
        this.publisher = publisher;
        this.keys = keys;
        this.queues = queues;
        this.ids = ids;
    }

    @Override
    protected void deliver(Tx tx, Delivery delivery, Instant now) {
        Optional<Failure> failure = attempt(tx, delivery, now);
        if (delivery.dead()) {
            failure.ifPresentOrElse(
                    why -> Deliveries.unburied(tx, delivery, why.reason(), now),
                    () -> Deliveries.buried(tx, delivery, now));
        } else {
            failure.ifPresentOrElse(
                    why -> Deliveries.failed(tx, delivery, why, now), () -> Deliveries.delivered(tx, delivery, now));
        }
    }

    private Optional<Failure> attempt(Tx tx, Delivery delivery, Instant now) {
        try {
            return tx.attempt(inner -> {
                if (delivery.dead()) {
                    return bury(inner, delivery, now);
                }
                return delivery.service().equals("sns")
                        ? publish(inner, delivery, now)
                        : send(inner, delivery.targetArn(), delivery, message(delivery), now);
            });
        } catch (ServiceException e) {
            Code code = e.code().equals("KmsAccessDenied") ? Code.NO_PERMISSIONS : Code.SDK_CLIENT_ERROR;
            return Optional.of(new Failure(code, String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            LOG.warn("an event could not be delivered to {}", delivery.targetArn(), e);
            return Optional.of(new Failure(Code.INTERNAL_ERROR, "An unexpected error occurred."));
        }
    }

    private static NewMessage message(Delivery delivery) {
        return NewMessage.of(delivery.payload(), Map.of(), delivery.groupId());
    }

    private Optional<Failure> bury(Tx tx, Delivery delivery, Instant now) {
        Map<String, Attribute> epitaph = new LinkedHashMap<>();
        delivery.epitaph().forEach((name, value) -> epitaph.put(name, Attribute.text(value)));
        String queue = Optional.ofNullable(delivery.dlqArn()).orElseThrow();
        return send(tx, queue, delivery, NewMessage.of(delivery.event(), epitaph, null), now);
    }

    private Optional<Failure> send(Tx tx, String queue, Delivery delivery, NewMessage message, Instant now) {
        return switch (queues.send(tx, queue, message, SERVICE, delivery.conditions(), now)) {
            case SENT -> Optional.empty();
            case NO_QUEUE -> Optional.of(new Failure(Code.NO_RESOURCE, "The specified queue does not exist."));
            case NOT_ALLOWED -> Optional.of(denied("sqs:SendMessage", queue));
        };
    }

    private Optional<Failure> publish(Tx tx, Delivery delivery, Instant now) {
        String arn = delivery.targetArn();
        Optional<Topic> topic = Topic.find(tx, arn);
        if (topic.isEmpty()) {
            return Optional.of(new Failure(Code.NO_RESOURCE, "Topic does not exist"));
        }
        var asked = PolicyRequest.of(
                new PolicyPrincipal.Service(SERVICE),
                "SNS:Publish",
                Arn.parse(arn).orElseThrow().toString(),
                delivery.conditions());
        boolean allowed =
                PolicyDocument.parse(topic.get().policy()).evaluate(asked) == belfry.access.policy.Decision.ALLOW;
        if (!allowed) {
            return Optional.of(denied("SNS:Publish", arn));
        }
        Message message = Message.read(delivery.payload(), null, null, null);
        String source = delivery.conditions().getOrDefault("aws:SourceArn", "");
        TopicKeys.Answer key = keys.forService(tx, topic.get(), SERVICE, source, now);
        ServiceException refusal = key.refusal();
        if (refusal != null) {
            Code code = KmsFaults.denied(refusal) ? Code.NO_PERMISSIONS : Code.SDK_CLIENT_ERROR;
            return Optional.of(new Failure(code, refusal.code() + ": " + refusal.getMessage()));
        }
        publisher.publish(tx, new Publication(ids.uuid(), topic.get(), message, key.keyId(), now));
        return Optional.empty();
    }

    private static Failure denied(String action, String resource) {
        return new Failure(
                Code.NO_PERMISSIONS,
                SERVICE + " is not authorized to perform: " + action + " on resource: " + resource
                        + " because no resource-based policy allows the " + action + " action");
    }
}
