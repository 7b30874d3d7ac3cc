package belfry.wire;

/**
 * How much of a request is taken into memory.
 *
 * @param document bytes of a request other than an S3 object's content, after decompression
 */
public record Limits(long document) {
    public Limits {
        if (document < 1) {
            throw new IllegalArgumentException("a limit must be positive: " + document);
        }
    }

    /** 10 MiB: above what any operation takes (a PutLogEvents batch has at most 1 MiB before its JSON escapes). */
    public static Limits defaults() {
        return new Limits(10L * 1024 * 1024);
    }
}
