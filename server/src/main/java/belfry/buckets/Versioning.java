package belfry.buckets;

/** A bucket's versioning; once on, it can only be suspended. */
enum Versioning {
    NEVER(""),
    ENABLED("Enabled"),
    SUSPENDED("Suspended");

    private final String status;

    Versioning(String status) {
        this.status = status;
    }

    /** As S3 writes it; empty where versioning has never been on. */
    String status() {
        return status;
    }

    static Versioning of(String status) {
        for (Versioning versioning : values()) {
            if (versioning.status.equals(status)) {
                return versioning;
            }
        }
        throw new IllegalArgumentException("no versioning status");
    }
}
