package belfry.events;

import belfry.base.Json;
import belfry.store.Tx;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import software.amazon.event.ruler.GenericMachine;

/**
 * Finds the rules that an event matches and opens a delivery for each of their targets. All patterns of a bus are
 * compiled into one machine, kept under the bus's revision.
 */
final class Router {
    private static final int KEPT_MAX = 256;

    private final Map<String, GenericMachine<Long>> machines = new ConcurrentHashMap<>();

    /** The deliveries that an event on a bus asks for; changes nothing. */
    List<Plan> plan(Tx tx, Bus bus, BusEvent event, boolean forwarded, Instant now) {
        return plan(tx, bus, event, forwarded, now, deaf -> {});
    }

    /** As above; {@code deaf} is told of each rule that matches and whose state keeps the event from it. */
    List<Plan> plan(Tx tx, Bus bus, BusEvent event, boolean forwarded, Instant now, Consumer<BusRule> deaf) {
        // A bus that was never touched has no rules.
        if (bus.revision().isEmpty()) {
            return List.of();
        }
        ObjectNode json = event.json();
        List<Plan> plans = new ArrayList<>();
        for (long id :
                machine(tx, bus).rulesForJSONEvent(json).stream().sorted().toList()) {
            BusRule rule = BusRule.byId(tx, id).orElseThrow();
            if (rule.state().hears(event)) {
                plans.addAll(targets(tx, rule, event.id(), json, forwarded, now));
            } else {
                deaf.accept(rule);
            }
        }
        return plans;
    }

    /** The deliveries for the targets of a rule that has fired. */
    static List<Plan> targets(Tx tx, BusRule rule, String eventId, ObjectNode json, boolean forwarded, Instant now) {
        String text = Json.write(json);
        var at = new InputTemplate.Circumstances(rule.arn(), rule.name(), now);
        List<Plan> plans = new ArrayList<>();
        for (RuleTarget target : RuleTarget.of(tx, rule)) {
            try {
                String payload = target.input().apply(json, at);
                plans.add(new Plan(rule, target, eventId, text, payload, null, forwarded));
            } catch (TargetInput.BadInputException e) {
                String why = "The input template makes no JSON of this event: " + e.getMessage();
                plans.add(new Plan(rule, target, eventId, text, "", why, forwarded));
            }
        }
        return plans;
    }

    /** Writes planned deliveries down. */
    static void open(Tx tx, List<Plan> plans, Instant now) {
        for (Plan plan : plans) {
            String broken = plan.broken();
            if (ArchivedEvents.isArchive(plan.target().arn())) {
                ArchivedEvents.keep(tx, plan, now);
            } else if (broken == null) {
                Deliveries.open(tx, plan, now);
            } else {
                Deliveries.openBroken(tx, plan, broken, now);
            }
        }
        Map<BusRule, Integer> fired = new LinkedHashMap<>();
        plans.forEach(plan -> fired.merge(plan.rule(), 1, Integer::sum));
        fired.forEach((rule, deliveries) -> RuleMetrics.triggered(tx, rule, deliveries, now));
    }

    private GenericMachine<Long> machine(Tx tx, Bus bus) {
        if (machines.size() > KEPT_MAX) {
            machines.clear();
        }
        return machines.computeIfAbsent(bus.revision(), revision -> compile(tx, bus));
    }

    private static GenericMachine<Long> compile(Tx tx, Bus bus) {
        GenericMachine<Long> machine = GenericMachine.<Long>builder().build();
        for (BusRule rule : BusRule.list(tx, bus, "", "", Integer.MAX_VALUE)) {
            String pattern = rule.pattern();
            if (pattern != null && rule.state() != RuleState.DISABLED) {
                EventPattern.add(machine, rule.id(), pattern);
            }
        }
        return machine;
    }
}
