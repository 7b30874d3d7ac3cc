package belfry.events;

import belfry.base.Arn;
import belfry.metrics.ServiceCounts;
import belfry.store.Tx;
import java.time.Instant;
import java.util.Map;

/**
 * The metrics in {@code AWS/Events} (semantics: eventbridge-iam.md §5): by {@code RuleName}, on a bus of one's own by
 * {@code EventBusName} too, and what AWS also gives for the whole account.
 */
final class RuleMetrics {
    private static final String NAMESPACE = "AWS/Events";

    private RuleMetrics() {}

    /**
     * A rule matched an event, or its schedule was due.
     *
     * @param deliveries how many targets are to have it
     */
    static void triggered(Tx tx, BusRule rule, int deliveries, Instant now) {
        ServiceCounts own = of(rule.arn());
        if (rule.pattern() != null) {
            both(tx, own, "MatchedEvents", now);
        }
        both(tx, own, "TriggeredRules", now);
        own.ofAccount().measure(tx, "InvocationsCreated", "Count", deliveries, now);
    }

    static void delivered(Tx tx, Delivery delivery, Instant now) {
        ServiceCounts own = of(delivery.ruleArn());
        attempted(tx, own, delivery, now);
        both(tx, own, "SuccessfulInvocationAttempts", now);
        both(tx, own, "Invocations", now);
    }

    /** It failed and will be tried again. */
    static void retrying(Tx tx, Delivery delivery, Instant now) {
        attempted(tx, of(delivery.ruleArn()), delivery, now);
    }

    /** It failed for good. */
    static void failed(Tx tx, Delivery delivery, Instant now) {
        ServiceCounts own = of(delivery.ruleArn());
        attempted(tx, own, delivery, now);
        both(tx, own, "Invocations", now);
        own.count(tx, "FailedInvocations", now);
    }

    static void buried(Tx tx, Delivery delivery, Instant now) {
        of(delivery.ruleArn()).count(tx, "InvocationsSentToDlq", now);
    }

    static void unburied(Tx tx, Delivery delivery, Instant now) {
        of(delivery.ruleArn()).count(tx, "InvocationsFailedToBeSentToDlq", now);
    }

    private static void attempted(Tx tx, ServiceCounts own, Delivery delivery, Instant now) {
        both(tx, own, "InvocationAttempts", now);
        if (delivery.attempts() > 0) {
            both(tx, own, "RetryInvocationAttempts", now);
        }
    }

    private static void both(Tx tx, ServiceCounts own, String name, Instant now) {
        own.count(tx, name, now);
        own.ofAccount().count(tx, name, now);
    }

    /** The ARN ends {@code rule/NAME}, or {@code rule/BUS/NAME}. */
    private static ServiceCounts of(String ruleArn) {
        Arn arn = Arn.parse(ruleArn).orElseThrow();
        String path = arn.resource().substring("rule/".length());
        int end = path.lastIndexOf('/');
        Map<String, String> dimensions = end < 0
                ? Map.of("RuleName", path)
                : Map.of("EventBusName", path.substring(0, end), "RuleName", path.substring(end + 1));
        return new ServiceCounts(arn.account(), arn.region(), NAMESPACE, dimensions);
    }
}
