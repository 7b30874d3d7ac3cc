package belfry.events;

import belfry.base.Arn;
import belfry.engine.metric.Aggregate;
import belfry.engine.metric.MetricKey;
import belfry.metrics.Datapoints;
import belfry.metrics.MetricRef;
import belfry.metrics.Sample;
import belfry.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The metrics in {@code AWS/Events}, by rule (semantics: eventbridge-iam.md §5). */
final class RuleMetrics {
    private static final String NAMESPACE = "AWS/Events";

    private RuleMetrics() {}

    /** A rule matched an event, or its schedule was due. */
    static void triggered(Tx tx, BusRule rule, Instant now) {
        count(
                tx,
                rule.arn(),
                now,
                rule.pattern() == null ? List.of("TriggeredRules") : List.of("MatchedEvents", "TriggeredRules"));
    }

    static void delivered(Tx tx, Delivery delivery, Instant now) {
        count(tx, delivery.ruleArn(), now, List.of("Invocations"));
    }

    static void failed(Tx tx, Delivery delivery, Instant now) {
        count(tx, delivery.ruleArn(), now, List.of("Invocations", "FailedInvocations"));
    }

    static void buried(Tx tx, Delivery delivery, Instant now) {
        count(tx, delivery.ruleArn(), now, List.of("InvocationsSentToDlq"));
    }

    static void unburied(Tx tx, Delivery delivery, Instant now) {
        count(tx, delivery.ruleArn(), now, List.of("InvocationsFailedToBeSentToDlq"));
    }

    private static void count(Tx tx, String ruleArn, Instant now, List<String> names) {
        Arn arn = Arn.parse(ruleArn).orElseThrow();
        String rule = ruleArn.substring(ruleArn.lastIndexOf('/') + 1);
        Datapoints.add(
                tx,
                names.stream()
                        .map(name -> new Sample(
                                new MetricRef(
                                        arn.account(),
                                        arn.region(),
                                        MetricKey.of(NAMESPACE, name, Map.of("RuleName", rule))),
                                "Count",
                                false,
                                now,
                                Aggregate.of(1),
                                true))
                        .toList());
    }
}
