package belfry.topics;

import belfry.base.Arn;
import belfry.gateway.Call;
import belfry.wire.ServiceException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the ARNs of topics and subscriptions, with SNS's complaints about bad ones. */
final class Names {
    private static final Pattern TOPIC_NAME = Pattern.compile("[A-Za-z0-9_-]{1,256}|[A-Za-z0-9_-]{1,251}\\.fifo");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final int ARN_PARTS = 6;

    private Names() {}

    /** A topic's name; those of FIFO topics end in {@code .fifo}. */
    static String topicName(String name) {
        if (!TOPIC_NAME.matcher(name).matches()) {
            throw Faults.invalid("Topic Name");
        }
        return name;
    }

    /** The topic's ARN, if it is one of the call's region. */
    static String topicArn(@Nullable String text, Call call) {
        Arn arn = parse(text, "TopicArn", call);
        if (!TOPIC_NAME.matcher(arn.resource()).matches()) {
            throw Faults.invalid("TopicArn");
        }
        return arn.toString();
    }

    static String subscriptionArn(@Nullable String text, Call call) {
        Arn arn = parse(text, "SubscriptionArn", call);
        int colon = arn.resource().lastIndexOf(':');
        if (colon < 0 || !UUID.matcher(arn.resource().substring(colon + 1)).matches()) {
            throw Faults.invalid("SubscriptionId");
        }
        return arn.toString();
    }

    /** The topic's name: the last part of its ARN. */
    static String nameOf(String topicArn) {
        return topicArn.substring(topicArn.lastIndexOf(':') + 1);
    }

    private static Arn parse(@Nullable String text, String parameter, Call call) {
        String given = text == null ? "" : text;
        int parts = given.split(":", -1).length;
        if (parts < ARN_PARTS) {
            throw Faults.invalid(parameter + " Reason: An ARN must have at least 6 elements, not " + parts);
        }
        return Arn.parse(given)
                .filter(arn -> arn.partition().equals("aws") && arn.service().equals("sns"))
                // A link carries no signature and hence no region but that of its ARN.
                .filter(arn -> arn.region().equals(call.region())
                        || call.principal().accessKeyId().isEmpty())
                .orElseThrow(() -> wrong(parameter));
    }

    private static ServiceException wrong(String parameter) {
        return Faults.invalid(parameter);
    }
}
