package belfry.topics;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a subscription's protocol and endpoint may be (semantics: sns.md §3). */
final class Protocols {
    private static final Set<String> BUILT = Set.of("email", "email-json");
    private static final Set<String> NOT_BUILT =
            Set.of("http", "https", "sms", "sqs", "application", "lambda", "firehose");
    private static final int ADDRESS_MAX = 254;
    // Deliberately stricter than RFC 5322: no quotes, comments, blanks or control characters, hence no header tricks.
    private static final Pattern ADDRESS = Pattern.compile(
            "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
                    + "(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");

    private Protocols() {}

    /** The endpoint, if it fits the protocol and Belfry can deliver to it. */
    static String endpoint(String protocol, @Nullable String endpoint) {
        if (NOT_BUILT.contains(protocol)) {
            throw Faults.notImplemented("the protocol '" + protocol + "' (it delivers to email and email-json)");
        }
        if (!BUILT.contains(protocol)) {
            throw Faults.invalid("Amazon SNS does not support this protocol string: " + protocol);
        }
        if (endpoint == null || endpoint.isEmpty()) {
            throw Faults.invalid("Endpoint");
        }
        if (endpoint.length() > ADDRESS_MAX || !ADDRESS.matcher(endpoint).matches()) {
            throw Faults.invalid("Email address");
        }
        return endpoint;
    }
}
