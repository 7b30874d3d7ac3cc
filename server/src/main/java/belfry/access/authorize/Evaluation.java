package belfry.access.authorize;

import belfry.access.authorize.Verdict.Allowed;
import belfry.access.authorize.Verdict.Denied;
import belfry.access.authorize.Verdict.PolicyKind;
import belfry.access.policy.Decision;
import belfry.access.policy.PolicyDocument;
import belfry.access.policy.PolicyRequest;
import belfry.access.policy.Reach;
import belfry.gateway.Guarded;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * AWS's order of evaluation inside one account (semantics: eventbridge-iam.md §6.1): any denial, then the resource's
 * policy, the identity's, its boundary, its session's.
 */
public final class Evaluation {
    private static final Verdict ALLOWED = new Allowed();

    private Evaluation() {}

    /** What a user or session may do. */
    public static Verdict of(
            CallerPolicies caller, Optional<PolicyDocument> resource, Guarded.Rule rule, PolicyRequest request) {
        Optional<Verdict> denial = denial(caller, resource, request);
        if (denial.isPresent()) {
            return denial.get();
        }
        Reach reach = resource.map(policy -> policy.granted(request)).orElse(Reach.NONE);
        if (reach == Reach.PRINCIPAL) {
            return ALLOWED;
        }
        boolean authoritative = rule == Guarded.Rule.AUTHORITATIVE && resource.isPresent();
        if (authoritative && reach == Reach.NONE) {
            return new Denied(PolicyKind.RESOURCE, false);
        }
        if (reach != Reach.ROLE && !allows(caller.identity(), request)) {
            return new Denied(PolicyKind.IDENTITY, false);
        }
        return limits(caller, request);
    }

    /** What the account's root may do: everything but what a resource's policy keeps from it. */
    public static Verdict ofRoot(Optional<PolicyDocument> resource, Guarded.Rule rule, PolicyRequest request) {
        if (resource.isEmpty()) {
            return ALLOWED;
        }
        return switch (resource.get().evaluate(request)) {
            case ALLOW -> ALLOWED;
            case EXPLICIT_DENY -> new Denied(PolicyKind.RESOURCE, true);
            case IMPLICIT_DENY -> rule == Guarded.Rule.AUTHORITATIVE ? new Denied(PolicyKind.RESOURCE, false) : ALLOWED;
        };
    }

    private static Optional<Verdict> denial(
            CallerPolicies caller, Optional<PolicyDocument> resource, PolicyRequest request) {
        if (denies(caller.identity(), request)) {
            return Optional.of(new Denied(PolicyKind.IDENTITY, true));
        }
        if (denies(resource.stream().toList(), request)) {
            return Optional.of(new Denied(PolicyKind.RESOURCE, true));
        }
        if (denies(caller.boundary().stream().toList(), request)) {
            return Optional.of(new Denied(PolicyKind.BOUNDARY, true));
        }
        return denies(caller.session(), request) ? Optional.of(new Denied(PolicyKind.SESSION, true)) : Optional.empty();
    }

    private static Verdict limits(CallerPolicies caller, PolicyRequest request) {
        if (caller.boundary().isPresent() && !allows(caller.boundary().stream().toList(), request)) {
            return new Denied(PolicyKind.BOUNDARY, false);
        }
        if (!caller.session().isEmpty() && !allows(caller.session(), request)) {
            return new Denied(PolicyKind.SESSION, false);
        }
        return ALLOWED;
    }

    private static boolean denies(Collection<PolicyDocument> policies, PolicyRequest request) {
        return any(policies, request, Decision.EXPLICIT_DENY);
    }

    private static boolean allows(List<PolicyDocument> policies, PolicyRequest request) {
        return any(policies, request, Decision.ALLOW);
    }

    private static boolean any(Collection<PolicyDocument> policies, PolicyRequest request, Decision decision) {
        for (PolicyDocument policy : policies) {
            if (policy.evaluate(request) == decision) {
                return true;
            }
        }
        return false;
    }
}
