package belfry.buckets;

/** The documents that hang on a bucket. */
enum Setting {
    POLICY,
    TAGGING,
    PUBLIC_ACCESS_BLOCK,
    OWNERSHIP,
    ENCRYPTION,
    LIFECYCLE
}
