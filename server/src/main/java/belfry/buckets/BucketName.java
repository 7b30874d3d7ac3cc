package belfry.buckets;

import belfry.wire.ServiceException;
import java.util.List;
import java.util.regex.Pattern;

/** The rules for names of general purpose buckets. */
final class BucketName {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
    private static final List<String> RESERVED_STARTS = List.of("xn--", "sthree-");
    private static final List<String> RESERVED_ENDS = List.of("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3");

    private BucketName() {}

    /** @throws ServiceException {@code InvalidBucketName} */
    static void check(String name) {
        boolean valid = FORM.matcher(name).matches()
                && !name.contains("..")
                && !ADDRESS.matcher(name).matches()
                && RESERVED_STARTS.stream().noneMatch(name::startsWith)
                && RESERVED_ENDS.stream().noneMatch(name::endsWith);
        if (!valid) {
            throw ServiceException.of("InvalidBucketName", 400, "The specified bucket is not valid.")
                    .with("BucketName", name);
        }
    }
}
