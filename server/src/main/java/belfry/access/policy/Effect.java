package belfry.access.policy;

/** What a statement does where it applies. */
public enum Effect {
    ALLOW,
    DENY
}
