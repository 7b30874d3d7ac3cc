package belfry.topics.queue;

import belfry.access.policy.Decision;
import belfry.access.policy.PolicyDocument;
import belfry.access.policy.PolicyPrincipal;
import belfry.access.policy.PolicyRequest;
import belfry.api.sqs.SqsApi;
import belfry.base.Clock;
import belfry.base.Ids;
import belfry.base.Pump;
import belfry.gateway.Call;
import belfry.gateway.ServiceCall;
import belfry.seal.RootKey;
import belfry.store.Store;
import belfry.store.Tx;
import belfry.vault.Keys;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The queues, put together: the SQS API, its pump, and the door for services that send. */
public final class Queues {
    /** What came of a service's sending. */
    public enum Outcome {
        SENT,
        NO_QUEUE,
        NOT_ALLOWED
    }

    private final Messages messages;
    private final Arrivals arrivals;
    private final Receiving receiving;
    private final MovePump moves;
    private final QueueGauges gauges;
    private final Ids ids;
    private final QueueKeys queueKeys;

    /**
     * @param ids from a secure source: receipt handles let their holders delete messages
     * @param root seals what lies in queues without a key of their own
     * @param keys KMS, for queues with one
     * @param recorder is told what services ask of KMS
     */
    public Queues(Store store, Clock clock, Ids ids, RootKey root, Keys keys, ServiceCall.Recorder recorder) {
        this.ids = ids;
        this.queueKeys = new QueueKeys(keys, new BodySeals(root, keys, ids), recorder);
        this.messages = new Messages(ids, queueKeys);
        this.arrivals = new Arrivals(store, clock);
        this.receiving = new Receiving(store, clock, messages, queueKeys, arrivals);
        this.moves = new MovePump(store, clock, messages);
        this.gauges = new QueueGauges(store, clock);
    }

    public SqsApi<Call> api() {
        return new Sqs(messages, receiving, ids, queueKeys);
    }

    public List<Pump> pumps() {
        return List.of(arrivals, moves, gauges);
    }

    /** Whether the queue exists. */
    public static boolean exists(Tx tx, String queueArn) {
        return Queue.find(tx, queueArn).isPresent();
    }

    /**
     * Sends for a service, if the queue's policy lets it; part of the caller's transaction.
     *
     * @param service the service principal's full name: {@code events.amazonaws.com}
     * @param conditions what a policy may ask about the call: {@code aws:SourceArn} and the like
     * @throws belfry.wire.ServiceException where the queue does not take such a message
     */
    public Outcome send(
            Tx tx, String queueArn, NewMessage message, String service, Map<String, String> conditions, Instant now) {
        Optional<Queue> queue = Queue.find(tx, queueArn);
        if (queue.isEmpty()) {
            return Outcome.NO_QUEUE;
        }
        if (!allows(queue.get(), service, conditions)) {
            return Outcome.NOT_ALLOWED;
        }
        var unused = messages.send(tx, queue.get(), message, new Sender.Service(service, conditions), now);
        return Outcome.SENT;
    }

    private static boolean allows(Queue queue, String service, Map<String, String> conditions) {
        String policy = queue.attributes().get("Policy");
        if (policy == null) {
            return false;
        }
        var asked = PolicyRequest.of(new PolicyPrincipal.Service(service), "sqs:SendMessage", queue.arn(), conditions);
        return PolicyDocument.parse(policy).evaluate(asked) == Decision.ALLOW;
    }
}
