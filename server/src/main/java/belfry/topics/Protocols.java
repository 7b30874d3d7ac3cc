package belfry.topics;

import belfry.base.Arn;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a subscription's protocol and endpoint may be (semantics: sns.md §3). */
final class Protocols {
    private static final Set<String> BUILT = Set.of("email", "email-json", "sqs", "http", "https", "sms");
    private static final Set<String> NOT_BUILT = Set.of("application", "lambda", "firehose");
    private static final int ADDRESS_MAX = 254;
    private static final int URL_MAX = 2_048;
    private static final int PORT_MAX = 65_535;
    // Deliberately stricter than RFC 5322: no quotes, comments, blanks or control characters, hence no header tricks.
    private static final Pattern ADDRESS = Pattern.compile(
            "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
                    + "(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");

    private Protocols() {}

    /** The endpoint, if it fits the protocol and Belfry can deliver to it. */
    static String endpoint(String protocol, @Nullable String endpoint, TextMessages texts) {
        if (NOT_BUILT.contains(protocol)) {
            throw Faults.notImplemented(
                    "the protocol '" + protocol + "' (it delivers to email, email-json, sqs, http, https and sms)");
        }
        if (!BUILT.contains(protocol)) {
            throw Faults.invalid("Amazon SNS does not support this protocol string: " + protocol);
        }
        if (endpoint == null || endpoint.isEmpty()) {
            throw Faults.invalid("Endpoint");
        }
        if (protocol.equals("sms")) {
            return texts.number(endpoint, "Invalid SMS endpoint: ");
        }
        if (protocol.equals("sqs")) {
            return queueArn(endpoint);
        }
        if (protocol.equals("http") || protocol.equals("https")) {
            return url(protocol, endpoint);
        }
        if (endpoint.length() > ADDRESS_MAX || !ADDRESS.matcher(endpoint).matches()) {
            throw Faults.invalid("Email address");
        }
        return endpoint;
    }

    /** FIFO topics deliver to queues alone; FIFO queues take from FIFO topics alone. */
    static void checkOrder(String topicArn, String protocol, String endpoint) {
        if (Ordering.fifo(topicArn)) {
            if (!protocol.equals("sqs")) {
                throw Faults.invalid("Invalid parameter: Endpoint Reason: Please use FIFO SQS queue");
            }
        } else if (protocol.equals("sqs") && endpoint.endsWith(".fifo")) {
            throw Faults.invalid("Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard"
                    + " SNS topics");
        }
    }

    private static String url(String protocol, String endpoint) {
        if (!endpoint.startsWith(protocol + "://")) {
            throw Faults.invalid("Endpoint must match the specified protocol");
        }
        try {
            URI uri = new URI(endpoint);
            boolean port = uri.getPort() == -1 || (uri.getPort() > 0 && uri.getPort() <= PORT_MAX);
            if (endpoint.length() <= URL_MAX && uri.getHost() != null && port && uri.getRawFragment() == null) {
                return endpoint;
            }
        } catch (URISyntaxException e) {
            // Refused like any other text that is no URL.
        }
        throw Faults.invalid("Endpoint");
    }

    private static String queueArn(String endpoint) {
        var unused = Arn.parse(endpoint)
                .filter(parsed -> parsed.service().equals("sqs"))
                .orElseThrow(() -> Faults.invalid("SQS endpoint ARN"));
        return endpoint;
    }
}
