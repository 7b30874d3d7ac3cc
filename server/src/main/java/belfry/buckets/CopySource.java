package belfry.buckets;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code x-amz-copy-source}: {@code bucket/key?versionId=…}, percent-encoded.
 *
 * @param version null for the newest
 */
record CopySource(String bucket, String key, @Nullable String version) {
    private static final String VERSION = "?versionId=";

    static CopySource parse(String header) {
        int at = header.lastIndexOf(VERSION);
        String version = at < 0 ? null : header.substring(at + VERSION.length());
        String path = decode(at < 0 ? header : header.substring(0, at));
        String bare = path.startsWith("/") ? path.substring(1) : path;
        int slash = bare.indexOf('/');
        if (slash <= 0 || slash == bare.length() - 1) {
            throw S3Errors.invalidArgument(
                    "Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
                    "x-amz-copy-source",
                    header);
        }
        return new CopySource(bare.substring(0, slash), bare.substring(slash + 1), version);
    }

    private static String decode(String text) {
        try {
            // Here a plus is a plus.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw S3Errors.invalidArgument("Invalid copy source encoding.", "x-amz-copy-source", text);
        }
    }
}
