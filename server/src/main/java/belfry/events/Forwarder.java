package belfry.events;

import belfry.access.policy.Decision;
import belfry.access.policy.MalformedPolicyException;
import belfry.access.policy.PolicyDocument;
import belfry.access.policy.PolicyPrincipal;
import belfry.access.policy.PolicyRequest;
import belfry.base.Arn;
import belfry.base.Clock;
import belfry.logs.EventLog;
import belfry.store.Store;
import belfry.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers to the targets above this stage: other buses and log groups. What is for topics and queues, and what is to be
 * buried in one, their own stage takes.
 */
final class Forwarder extends DeliveryPump {
    private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);
    private static final List<String> LANES = List.of("events", "logs");
    private static final int BATCH = 100;

    private final Router router;

    Forwarder(Store store, Clock clock, Router router) {
        super("events.forward", LANES, BATCH, store, clock);
        this.router = router;
    }

    @Override
    protected void deliver(Tx tx, Delivery delivery, Instant now) {
        Optional<Failure> failure;
        try {
            failure = tx.attempt(inner ->
                    delivery.service().equals("logs") ? log(inner, delivery, now) : forward(inner, delivery, now));
        } catch (RuntimeException e) {
            LOG.warn("delivery {} to {} failed", delivery.seq(), delivery.targetArn(), e);
            failure = Optional.of(new Failure(Failure.Code.INTERNAL_ERROR, "An unexpected error occurred."));
        }
        failure.ifPresentOrElse(
                why -> Deliveries.failed(tx, delivery, why, now), () -> Deliveries.delivered(tx, delivery, now));
    }

    private static Optional<Failure> log(Tx tx, Delivery delivery, Instant now) {
        Arn group = Arn.parse(delivery.targetArn()).orElseThrow();
        return switch (EventLog.append(tx, group, delivery.ruleArn(), delivery.conditions(), delivery.payload(), now)) {
            case WRITTEN -> Optional.empty();
            case NO_GROUP ->
                Optional.of(new Failure(Failure.Code.NO_RESOURCE, "The specified log group does not exist."));
            case NOT_ALLOWED ->
                Optional.of(new Failure(
                        Failure.Code.NO_PERMISSIONS,
                        "No resource policy of CloudWatch Logs allows events.amazonaws.com and"
                                + " delivery.logs.amazonaws.com to write to " + delivery.targetArn() + "."));
        };
    }

    /** An event is forwarded once: what a bus has from another bus stays there. */
    private Optional<Failure> forward(Tx tx, Delivery delivery, Instant now) {
        BusName name = BusName.ofArn(delivery.targetArn()).orElseThrow();
        Optional<Bus> bus = Bus.find(tx, name.account(), name.region(), name.name());
        if (bus.isEmpty()) {
            return Optional.of(new Failure(Failure.Code.NO_RESOURCE, "Event bus " + name.name() + " does not exist."));
        }
        if (delivery.forwarded()) {
            return Optional.of(new Failure(
                    Failure.Code.SDK_CLIENT_ERROR, "An event that came from another bus is not forwarded to a third."));
        }
        if (!allowed(bus.get(), delivery)) {
            return Optional.of(new Failure(
                    Failure.Code.NO_PERMISSIONS,
                    "The policy of " + bus.get().arn() + " does not allow events:PutEvents."));
        }
        BusEvent event = BusEvent.read(delivery.payload());
        Router.open(tx, router.plan(tx, bus.get(), event, true, now), now);
        return Optional.empty();
    }

    /** A bus of the same account lets its owner in; others ask their policy. */
    private static boolean allowed(Bus bus, Delivery delivery) {
        if (bus.account().equals(delivery.account())) {
            return true;
        }
        String policy = bus.policy();
        if (policy == null) {
            return false;
        }
        String root = "arn:aws:iam::" + delivery.account() + ":root";
        var asked = PolicyRequest.of(
                new PolicyPrincipal.Identity(delivery.account(), root),
                "events:PutEvents",
                bus.arn(),
                delivery.conditions());
        try {
            return PolicyDocument.parse(policy).evaluate(asked) == Decision.ALLOW;
        } catch (MalformedPolicyException e) {
            return false;
        }
    }
}
