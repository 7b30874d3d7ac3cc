package belfry.access.policy;

/** What one policy says about one request. */
public enum Decision {
    /** A statement allows it and none denies it. */
    ALLOW,
    /** A statement denies it; nothing can outweigh that. */
    EXPLICIT_DENY,
    /** No statement speaks of it. */
    IMPLICIT_DENY
}
