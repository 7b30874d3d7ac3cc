package belfry.wire;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who a signed request claims to come from, and for what the signature is meant.
 *
 * @param date as {@code 20260101}
 * @param service the signing name, for example {@code monitoring}
 */
public record Credential(String accessKeyId, String date, String region, String service) {
    private static final Pattern IN_HEADER = Pattern.compile("Credential=([^,\\s]*)");

    /** The claim of a request, verified or not; null where it has none or a broken one. */
    public static @Nullable Credential of(WireRequest request) {
        String header = request.headers().first("Authorization");
        if (header != null) {
            Matcher matcher = IN_HEADER.matcher(header);
            return matcher.find() ? parse(matcher.group(1)) : null;
        }
        String parameter = request.rawQuery().contains("X-Amz-Credential")
                ? QueryString.parse(request.rawQuery()).first("X-Amz-Credential")
                : null;
        return parameter == null ? null : parse(parameter);
    }

    /** {@code AKID/20260101/us-east-1/sns/aws4_request}, or null where the text is not of this form. */
    static @Nullable Credential parse(String text) {
        String[] parts = text.split("/", -1);
        int last = parts.length - 1;
        if (parts.length < 5 || !parts[last].equals("aws4_request")) {
            return null;
        }
        // Only the access key id could contain a slash.
        String keyId = String.join("/", java.util.Arrays.copyOf(parts, last - 3));
        return keyId.isEmpty() ? null : new Credential(keyId, parts[last - 3], parts[last - 2], parts[last - 1]);
    }

    /** What stands in the string to sign. */
    String scope() {
        return date + "/" + region + "/" + service + "/aws4_request";
    }
}
