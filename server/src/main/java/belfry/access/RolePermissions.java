package belfry.access;

import belfry.access.policy.Decision;
import belfry.access.policy.PolicyDocument;
import belfry.access.policy.PolicyPrincipal;
import belfry.access.policy.PolicyRequest;
import belfry.store.Tx;
import java.util.Map;
import java.util.Optional;

/** What a role's policies say to a service that wants to act by it, such as CloudTrail writing into a log group. */
public final class RolePermissions {
    private static final String ASSUME = "sts:AssumeRole";

    private RolePermissions() {}

    /**
     * Whether the role exists and its trust policy lets the service assume it.
     *
     * @param service for example {@code cloudtrail.amazonaws.com}
     * @param context condition keys such as {@code aws:SourceArn}
     */
    public static boolean trusts(Tx tx, String roleArn, String service, Map<String, String> context) {
        PolicyRequest request = PolicyRequest.of(new PolicyPrincipal.Service(service), ASSUME, roleArn, context);
        return GuardedIam.byArn(tx, roleArn)
                .flatMap(role -> Optional.ofNullable(role.trust()))
                .map(trust -> PolicyDocument.parse(trust).evaluate(request) == Decision.ALLOW)
                .orElse(false);
    }

    /** Whether the role's own policies, inline and attached, allow the action; an explicit denial in any of them wins. */
    public static boolean allows(Tx tx, String roleArn, String action, String resource) {
        Optional<Entity> role = GuardedIam.byArn(tx, roleArn);
        if (role.isEmpty()) {
            return false;
        }
        PolicyRequest request = PolicyRequest.of(
                new PolicyPrincipal.Identity(role.get().account(), roleArn), action, resource, Map.of());
        boolean allowed = false;
        for (String text : CallerReader.documents(tx, role.get())) {
            switch (PolicyDocument.parse(text).evaluate(request)) {
                case ALLOW -> allowed = true;
                case EXPLICIT_DENY -> {
                    return false;
                }
                case IMPLICIT_DENY -> {
                    // Another policy may still allow it.
                }
            }
        }
        return allowed;
    }
}
