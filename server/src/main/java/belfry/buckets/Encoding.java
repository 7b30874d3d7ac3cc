package belfry.buckets;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** How keys are written in listings: as they are, or with {@code encoding-type=url}, for XML cannot carry every text. */
record Encoding(boolean url) {
    static Encoding of(@Nullable String encodingType) {
        if (encodingType == null) {
            return new Encoding(false);
        }
        if (!encodingType.equals("url")) {
            throw S3Errors.invalidArgument(
                    "Invalid Encoding Method specified in Request", "encoding-type", encodingType);
        }
        return new Encoding(true);
    }

    /** Null for null. Slashes stay, as S3 leaves them. */
    @Nullable
    String apply(@Nullable String text) {
        return text == null || !url
                ? text
                : URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%2F", "/");
    }
}
