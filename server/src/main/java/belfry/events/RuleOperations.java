package belfry.events;

import belfry.api.events.DeleteRuleRequest;
import belfry.api.events.DescribeRuleRequest;
import belfry.api.events.DescribeRuleResponse;
import belfry.api.events.DisableRuleRequest;
import belfry.api.events.EnableRuleRequest;
import belfry.api.events.ListRulesRequest;
import belfry.api.events.ListRulesResponse;
import belfry.api.events.PutRuleRequest;
import belfry.api.events.PutRuleResponse;
import belfry.api.events.Rule;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Rules. Putting one anew replaces all of it but its targets and tags. */
final class RuleOperations {
    private static final int RULES_MAX = 300;

    PutRuleResponse put(PutRuleRequest in, Call call) {
        String pattern = blankToNull(in.eventPattern());
        String schedule = blankToNull(in.scheduleExpression());
        if (pattern == null && schedule == null) {
            throw Faults.invalid("Parameter(s) EventPattern or ScheduleExpression must be specified.");
        }
        BusName busName = BusName.of(in.eventBusName(), call);
        if (schedule != null) {
            checkSchedule(schedule, busName);
        }
        if (pattern != null) {
            EventPattern.check(pattern);
        }
        SortedMap<String, String> tags = Tags.read(in.tags());
        return call.write(tx -> {
            Bus bus = Bus.get(tx, busName);
            Optional<BusRule> before = BusRule.find(tx, bus, in.name()).map(rule -> rule.own(false));
            if (before.isEmpty() && BusRule.count(tx, bus) >= RULES_MAX) {
                throw Faults.limit();
            }
            BusRule rule = new BusRule(
                    0,
                    bus.account(),
                    bus.region(),
                    bus.name(),
                    in.name(),
                    RuleState.of(in.state()),
                    pattern,
                    schedule,
                    in.description(),
                    in.roleArn(),
                    before.map(BusRule::tags).orElse(tags),
                    before.map(BusRule::createdAt).orElse(call.now()),
                    null);
            save(tx, bus, rule, call);
            return new PutRuleResponse().ruleArn(rule.arn());
        });
    }

    private static void checkSchedule(String schedule, BusName bus) {
        if (!bus.name().equals(Bus.DEFAULT)) {
            throw Faults.invalid("ScheduleExpression is supported only on the default event bus.");
        }
        var unused = Schedule.parse(schedule);
    }

    private static void save(Tx tx, Bus bus, BusRule rule, Call call) {
        rule.save(tx, next(rule, call.now()));
        bus.revised(call.requestId()).save(tx, call.now());
        if (rule.schedule() != null) {
            tx.ring(SchedulePump.CHANGED);
        }
    }

    private static @Nullable Instant next(BusRule rule, Instant now) {
        String schedule = rule.schedule();
        return schedule == null || rule.state() == RuleState.DISABLED
                ? null
                : Schedule.parse(schedule).after(now, rule.createdAt()).orElse(null);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    DescribeRuleResponse describe(DescribeRuleRequest in, Call call) {
        BusName busName = BusName.of(in.eventBusName(), call);
        return call.read(tx -> {
            BusRule rule = BusRule.get(tx, Bus.get(tx, busName), in.name());
            return new DescribeRuleResponse()
                    .name(rule.name())
                    .arn(rule.arn())
                    .eventPattern(rule.pattern())
                    .scheduleExpression(rule.schedule())
                    .state(rule.state().name())
                    .description(rule.description())
                    .roleArn(rule.roleArn())
                    .eventBusName(rule.bus())
                    .managedBy(rule.managedBy())
                    .createdBy(rule.account());
        });
    }

    ListRulesResponse list(ListRulesRequest in, Call call) {
        BusName busName = BusName.of(in.eventBusName(), call);
        String prefix = in.namePrefix() == null ? "" : in.namePrefix();
        String after = Page.after(in.nextToken());
        return call.read(tx -> {
            Bus bus = Bus.get(tx, busName);
            List<BusRule> found = BusRule.list(tx, bus, prefix, after, Page.size(in.limit()) + 1);
            Page<BusRule> page = Page.of(found, in.limit(), BusRule::name);
            return new ListRulesResponse()
                    .rules(page.items().stream().map(RuleOperations::shown).toList())
                    .nextToken(page.next());
        });
    }

    private static Rule shown(BusRule rule) {
        return new Rule()
                .name(rule.name())
                .arn(rule.arn())
                .eventPattern(rule.pattern())
                .scheduleExpression(rule.schedule())
                .state(rule.state().name())
                .description(rule.description())
                .roleArn(rule.roleArn())
                .managedBy(rule.managedBy())
                .eventBusName(rule.bus());
    }

    /** Deleting what does not exist succeeds, as at AWS. */
    NoOutput delete(DeleteRuleRequest in, Call call) {
        BusName busName = BusName.of(in.eventBusName(), call);
        return call.write(tx -> {
            Bus bus = Bus.get(tx, busName);
            BusRule.find(tx, bus, in.name()).ifPresent(rule -> {
                rule.own(isTrue(in.force()));
                if (!RuleTarget.of(tx, rule).isEmpty()) {
                    throw Faults.invalid("Rule can't be deleted since it has targets.");
                }
                rule.delete(tx);
                Unheard.forget(tx, rule.arn());
                bus.revised(call.requestId()).save(tx, call.now());
            });
            return NoOutput.INSTANCE;
        });
    }

    static boolean isTrue(@Nullable Boolean flag) {
        return flag != null && flag;
    }

    NoOutput enable(EnableRuleRequest in, Call call) {
        return turn(in.eventBusName(), in.name(), RuleState.ENABLED, call);
    }

    NoOutput disable(DisableRuleRequest in, Call call) {
        return turn(in.eventBusName(), in.name(), RuleState.DISABLED, call);
    }

    private static NoOutput turn(@Nullable String busGiven, String name, RuleState state, Call call) {
        BusName busName = BusName.of(busGiven, call);
        return call.write(tx -> {
            Bus bus = Bus.get(tx, busName);
            BusRule rule = BusRule.get(tx, bus, name).own(false);
            save(tx, bus, rule.in(state), call);
            return NoOutput.INSTANCE;
        });
    }
}
