package belfry.access.authorize;

import belfry.access.policy.PolicyPrincipal;
import belfry.gateway.Principal;

/** Callers as policies know them. */
public final class Callers {
    private Callers() {}

    /** The principal that statements name. */
    public static PolicyPrincipal named(Principal caller) {
        return switch (caller) {
            case Principal.Root root -> new PolicyPrincipal.Identity(root.account(), root.arn());
            case Principal.IamUser user -> new PolicyPrincipal.Identity(user.account(), user.arn());
            case Principal.Anonymous nobody -> new PolicyPrincipal.Anonymous();
            case Principal.AssumedRole role -> new PolicyPrincipal.Identity(role.account(), role.arn(), role.roleArn());
        };
    }
}
