package belfry.events;

import belfry.api.events.DeadLetterConfig;
import belfry.api.events.InputTransformer;
import belfry.api.events.ListRuleNamesByTargetRequest;
import belfry.api.events.ListRuleNamesByTargetResponse;
import belfry.api.events.ListTargetsByRuleRequest;
import belfry.api.events.ListTargetsByRuleResponse;
import belfry.api.events.PutTargetsRequest;
import belfry.api.events.PutTargetsResponse;
import belfry.api.events.RemoveTargetsRequest;
import belfry.api.events.RemoveTargetsResponse;
import belfry.api.events.RetryPolicy;
import belfry.api.events.SqsParameters;
import belfry.api.events.Target;
import belfry.gateway.Call;
import belfry.store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Targets of rules. Whether a target lets EventBridge in shows when it is delivered to, as at AWS. */
final class TargetOperations {
    private static final int TARGETS_MAX = 5;

    PutTargetsResponse put(PutTargetsRequest in, Call call) {
        BusName busName = BusName.of(in.eventBusName(), call);
        List<RuleTarget> targets = in.targets().stream()
                .map(target -> TargetRules.read(target, call))
                .toList();
        return call.write(tx -> {
            BusRule rule = BusRule.get(tx, Bus.get(tx, busName), in.rule()).own(false);
            targets.forEach(target -> target.save(tx, rule));
            if (RuleTarget.of(tx, rule).size() > TARGETS_MAX) {
                throw Faults.limit();
            }
            return new PutTargetsResponse().failedEntryCount(0).failedEntries(List.of());
        });
    }

    RemoveTargetsResponse remove(RemoveTargetsRequest in, Call call) {
        BusName busName = BusName.of(in.eventBusName(), call);
        return call.write(tx -> {
            BusRule rule = BusRule.get(tx, Bus.get(tx, busName), in.rule()).own(RuleOperations.isTrue(in.force()));
            in.ids().forEach(id -> remove(tx, rule, id));
            return new RemoveTargetsResponse().failedEntryCount(0).failedEntries(List.of());
        });
    }

    private static void remove(Tx tx, BusRule rule, String id) {
        tx.update("DELETE FROM event_target WHERE rule_id = ? AND id = ?", rule.id(), id);
    }

    ListTargetsByRuleResponse list(ListTargetsByRuleRequest in, Call call) {
        BusName busName = BusName.of(in.eventBusName(), call);
        String after = Page.after(in.nextToken());
        return call.read(tx -> {
            BusRule rule = BusRule.get(tx, Bus.get(tx, busName), in.rule());
            List<RuleTarget> found = RuleTarget.of(tx, rule).stream()
                    .filter(target -> target.id().compareTo(after) > 0)
                    .toList();
            Page<RuleTarget> page = Page.of(found, in.limit(), RuleTarget::id);
            return new ListTargetsByRuleResponse()
                    .targets(page.items().stream().map(TargetOperations::shown).toList())
                    .nextToken(page.next());
        });
    }

    private static Target shown(RuleTarget target) {
        Target shown = new Target().id(target.id()).arn(target.arn()).roleArn(target.roleArn());
        switch (target.input()) {
            case TargetInput.WholeEvent whole -> {}
            case TargetInput.Constant constant -> shown.input(constant.text());
            case TargetInput.Part part -> shown.inputPath(part.path());
            case TargetInput.Template template ->
                shown.inputTransformer(new InputTransformer()
                        .inputPathsMap(template.paths().isEmpty() ? null : new TreeMap<>(template.paths()))
                        .inputTemplate(template.template()));
        }
        Optional.ofNullable(target.groupId())
                .ifPresent(group -> shown.sqsParameters(new SqsParameters().messageGroupId(group)));
        Optional.ofNullable(target.dlqArn())
                .ifPresent(queue -> shown.deadLetterConfig(new DeadLetterConfig().arn(queue)));
        if (target.maxRetries() != null || target.maxAgeSeconds() != null) {
            shown.retryPolicy(new RetryPolicy()
                    .maximumRetryAttempts(target.maxRetries())
                    .maximumEventAgeInSeconds(target.maxAgeSeconds()));
        }
        return shown;
    }

    ListRuleNamesByTargetResponse rules(ListRuleNamesByTargetRequest in, Call call) {
        BusName busName = BusName.of(in.eventBusName(), call);
        return call.read(tx -> {
            Bus bus = Bus.get(tx, busName);
            List<String> found = tx.query(
                    "SELECT DISTINCT r.name FROM event_rule r JOIN event_target t ON t.rule_id = r.id"
                            + " WHERE t.arn = ? AND r.account = ? AND r.region = ? AND r.bus = ? AND r.name > ?"
                            + " ORDER BY r.name LIMIT ?",
                    row -> row.text(1),
                    in.targetArn(),
                    bus.account(),
                    bus.region(),
                    bus.name(),
                    Page.after(in.nextToken()),
                    Page.size(in.limit()) + 1);
            Page<String> page = Page.of(found, in.limit(), name -> name);
            return new ListRuleNamesByTargetResponse().ruleNames(page.items()).nextToken(page.next());
        });
    }
}
