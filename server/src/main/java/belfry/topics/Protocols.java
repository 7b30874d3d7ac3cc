package belfry.topics;

import belfry.base.Arn;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a subscription's protocol and endpoint may be (semantics: sns.md §3). */
final class Protocols {
    private static final Set<String> BUILT = Set.of("email", "email-json", "sqs");
    private static final Set<String> NOT_BUILT = Set.of("http", "https", "sms", "application", "lambda", "firehose");
    private static final int ADDRESS_MAX = 254;
    // Deliberately stricter than RFC 5322: no quotes, comments, blanks or control characters, hence no header tricks.
    private static final Pattern ADDRESS = Pattern.compile(
            "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
                    + "(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");

    private Protocols() {}

    /** The endpoint, if it fits the protocol and Belfry can deliver to it. */
    static String endpoint(String protocol, @Nullable String endpoint) {
        if (NOT_BUILT.contains(protocol)) {
            throw Faults.notImplemented("the protocol '" + protocol + "' (it delivers to email, email-json and sqs)");
        }
        if (!BUILT.contains(protocol)) {
            throw Faults.invalid("Amazon SNS does not support this protocol string: " + protocol);
        }
        if (endpoint == null || endpoint.isEmpty()) {
            throw Faults.invalid("Endpoint");
        }
        if (protocol.equals("sqs")) {
            return queueArn(endpoint);
        }
        if (endpoint.length() > ADDRESS_MAX || !ADDRESS.matcher(endpoint).matches()) {
            throw Faults.invalid("Email address");
        }
        return endpoint;
    }

    private static String queueArn(String endpoint) {
        Arn arn = Arn.parse(endpoint)
                .filter(parsed -> parsed.service().equals("sqs"))
                .orElseThrow(() -> Faults.invalid("SQS endpoint ARN"));
        if (arn.resource().endsWith(".fifo")) {
            throw Faults.invalid("Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard"
                    + " SNS topics");
        }
        return endpoint;
    }
}
