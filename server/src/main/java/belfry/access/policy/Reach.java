package belfry.access.policy;

/** How closely a resource's policy names a principal, from not at all to by itself (eventbridge-iam.md §6.1). */
public enum Reach {
    NONE,
    /** By its account: that only lets the account's own policies decide. */
    ACCOUNT,
    /** A session by its role: boundaries and session policies still limit it. */
    ROLE,
    /** A user, session, root or service by itself, or everybody. */
    PRINCIPAL
}
