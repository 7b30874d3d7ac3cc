package belfry.tools.doctor;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.ListRulesResponse;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** The direct way: EventBridge rules that match a read, hear of it, and have a target. */
final class RuleCheck implements Check {
    @Override
    public String link() {
        return "rule";
    }

    @Override
    public void look(Chain chain) {
        String event = chain.sample().event(chain.account(), chain.region());
        for (Rule rule : rules(chain)) {
            if (matches(chain, rule, event)) {
                look(chain, rule, event);
            } else if (rule.eventPattern().contains("secretsmanager")) {
                chain.note(this, "The rule " + rule.name() + " does not match such a read: " + rule.eventPattern(), "");
            }
        }
    }

    private static List<Rule> rules(Chain chain) {
        List<Rule> rules = new ArrayList<>();
        String next = null;
        do {
            String token = next;
            ListRulesResponse page = chain.sdk().rules.listRules(r -> r.nextToken(token));
            page.rules().stream().filter(rule -> rule.eventPattern() != null).forEach(rules::add);
            next = page.nextToken();
        } while (next != null);
        return rules;
    }

    private static boolean matches(Chain chain, Rule rule, String event) {
        try {
            return chain.sdk()
                    .rules
                    .testEventPattern(r -> r.event(event).eventPattern(rule.eventPattern()))
                    .result();
        } catch (EventBridgeException e) {
            return false;
        }
    }

    private void look(Chain chain, Rule rule, String event) {
        boolean hears = hears(chain, rule);
        List<Target> targets =
                chain.sdk().rules.listTargetsByRule(r -> r.rule(rule.name())).targets();
        if (targets.isEmpty()) {
            chain.broken(
                    this,
                    "The rule " + rule.name() + " has no target.",
                    "aws events put-targets --rule " + Words.quoted(rule.name()) + " --targets Id=topic,Arn=TOPIC_ARN");
        }
        if (hears && !targets.isEmpty()) {
            chain.ok(this, "The rule " + rule.name() + " matches a read and hears of it.");
        }
        Hop<Boolean> before = new Hop<>(true, chain.recorded() && chain.readable());
        for (Target target : targets) {
            String body = target.inputTransformer() == null && target.input() == null ? event : "";
            chain.publications()
                    .add(before.to(
                            new Chain.Publication(
                                    "the rule " + rule.name(), "events.amazonaws.com", rule.arn(), target.arn(), body),
                            hears));
        }
    }

    private boolean hears(Chain chain, Rule rule) {
        if (rule.state() == RuleState.ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS) {
            return true;
        }
        String mend = "aws events put-rule --name " + Words.quoted(rule.name()) + " --event-pattern "
                + Words.quoted(rule.eventPattern()) + " --state ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
        chain.broken(
                this,
                rule.state() == RuleState.DISABLED
                        ? "The rule " + rule.name() + " is disabled."
                        : "The rule " + rule.name() + " is plainly ENABLED and so deaf to calls that only read, such as"
                                + " GetSecretValue.",
                mend);
        return false;
    }
}
