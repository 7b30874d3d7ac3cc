package belfry.wire;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The checks that an S3 request's headers ask for: Content-MD5 and {@code x-amz-checksum-…}. */
final class Checksums {
    private static final String PREFIX = "x-amz-checksum-";
    private static final int MD5_BYTES = 16;

    /** Headers of the prefix that hold no checksum. */
    private static final Set<String> NO_SUMS = Set.of("algorithm", "mode", "type");

    private Checksums() {}

    /**
     * @param ofBody false where {@code x-amz-checksum-…} speaks of the whole object and not of this body
     */
    static WireRequest guard(WireRequest request, boolean ofBody) {
        List<ContentCheck> checks = new ArrayList<>();
        String md5 = request.headers().first("Content-MD5");
        if (md5 != null) {
            checks.add(ContentCheck.md5(validMd5(md5.strip())));
        }
        request.headers().forEach((name, value) -> {
            String header = name.toLowerCase(Locale.ROOT);
            String algorithm = header.startsWith(PREFIX) ? header.substring(PREFIX.length()) : "algorithm";
            if (ofBody && !NO_SUMS.contains(algorithm)) {
                checks.add(ContentCheck.header(algorithm, value.strip()));
            }
        });
        return checks.isEmpty() ? request : request.withBody(CheckedBody.of(request.body(), checks));
    }

    private static String validMd5(String base64) {
        try {
            if (Base64.getDecoder().decode(base64).length == MD5_BYTES) {
                return base64;
            }
        } catch (IllegalArgumentException e) {
            // Not base64: the same answer as for a wrong length.
        }
        throw ServiceException.of("InvalidDigest", "The Content-MD5 you specified was invalid.");
    }
}
