package belfry.buckets;

import belfry.wire.ServiceException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Storage classes. Belfry stores all objects alike; a class that is read at once is kept as the object's label, one that
 * would have to be restored first is refused.
 */
final class StorageClass {
    private static final Set<String> AT_HAND = Set.of(
            ObjectRow.STANDARD, "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER_IR", "REDUCED_REDUNDANCY");
    private static final Set<String> ARCHIVES =
            Set.of("GLACIER", "DEEP_ARCHIVE", "OUTPOSTS", "SNOW", "EXPRESS_ONEZONE");

    private StorageClass() {}

    static String check(@Nullable String name) {
        if (name == null) {
            return ObjectRow.STANDARD;
        }
        if (ARCHIVES.contains(name)) {
            throw S3Errors.notImplemented("The storage class " + name);
        }
        if (!AT_HAND.contains(name)) {
            throw ServiceException.of("InvalidStorageClass", 400, "The storage class you specified is not valid")
                    .with("StorageClassRequested", name);
        }
        return name;
    }

    /** As answers to a read show it: the standard class is left out. */
    static @Nullable String shown(String name) {
        return name.equals(ObjectRow.STANDARD) ? null : name;
    }
}
