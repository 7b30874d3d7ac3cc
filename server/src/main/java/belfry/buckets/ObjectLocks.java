package belfry.buckets;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Object Lock, which no bucket here has. */
final class ObjectLocks {
    private ObjectLocks() {}

    /** Refuses a write that asks for a lock, in the words for a bucket without. */
    static void refuse(@Nullable Object... wishes) {
        if (Arrays.stream(wishes).anyMatch(Objects::nonNull)) {
            throw S3Errors.invalidRequest("Bucket is missing Object Lock Configuration");
        }
    }
}
