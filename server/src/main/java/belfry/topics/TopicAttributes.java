package belfry.topics;

import belfry.access.policy.MalformedPolicyException;
import belfry.access.policy.PolicyDocument;
import belfry.topics.web.DeliveryPolicy;
import belfry.wire.ServiceException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A topic's attributes: which can be set, what they may hold, and what is shown of them (semantics: sns.md §1). What
 * Belfry cannot honour is refused by name.
 */
final class TopicAttributes {
    private static final int DISPLAY_NAME_MAX = 100;
    private static final int KEY_MAX = 2_048;
    private static final int POLICY_MAX = 30_720;
    private static final Set<String> FLAG = Set.of("true", "false");
    private static final Map<String, Set<String>> FIFO_VALUES = Map.of(
            "FifoTopic", FLAG,
            "ContentBasedDeduplication", FLAG,
            "FifoThroughputScope", Set.of("Topic", "MessageGroup"));

    private TopicAttributes() {}

    static String defaultPolicy(String arn, String owner) {
        return ("{\"Version\":\"2008-10-17\",\"Id\":\"__default_policy_ID\","
                        + "\"Statement\":[{\"Sid\":\"__default_statement_ID\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"*\"},"
                        + "\"Action\":[\"SNS:GetTopicAttributes\",\"SNS:SetTopicAttributes\",\"SNS:AddPermission\","
                        + "\"SNS:RemovePermission\",\"SNS:DeleteTopic\",\"SNS:Subscribe\",\"SNS:ListSubscriptionsByTopic\","
                        + "\"SNS:Publish\"],\"Resource\":\"%s\",\"Condition\":{\"StringEquals\":{\"AWS:SourceOwner\":\"%s\"}}}]}")
                .formatted(arn, owner);
    }

    /**
     * The attributes after setting one; an empty value clears it.
     *
     * @throws ServiceException where the name is unknown, the value is wrong, or Belfry cannot honour it
     */
    static Map<String, String> set(Map<String, String> before, String name, String value) {
        Map<String, String> after = new TreeMap<>(before);
        check(name, value);
        if (value.isEmpty()) {
            after.remove(name);
        } else {
            after.put(name, value);
        }
        return after;
    }

    /** Checks that a topic's name and its attributes agree about whether it is a FIFO topic. */
    static void checkFifo(String arn, Map<String, String> attributes) {
        boolean fifo = "true".equals(attributes.get("FifoTopic"));
        if (fifo && !Ordering.fifo(arn)) {
            throw Faults.invalid("Fifo Topic names must end with .fifo and must be made up of only uppercase and"
                    + " lowercase ASCII letters, numbers, underscores, and hyphens, and must be between 1 and 256"
                    + " characters long.");
        }
        if (!fifo && Ordering.fifo(arn)) {
            throw Faults.invalid("Topic Name");
        }
        boolean ordered = "true".equals(attributes.get("ContentBasedDeduplication"))
                || attributes.containsKey("FifoThroughputScope");
        if (!fifo && ordered) {
            throw Faults.invalid("ContentBasedDeduplication and FifoThroughputScope can only be set for FIFO topics");
        }
    }

    /** What GetTopicAttributes answers. */
    static Map<String, String> shown(Topic topic, long confirmed, long pending) {
        Map<String, String> shown = new LinkedHashMap<>(topic.attributes());
        if (Ordering.fifo(topic.arn())) {
            shown.putIfAbsent("ContentBasedDeduplication", "false");
        }
        shown.put("DisplayName", topic.displayName());
        shown.put("EffectiveDeliveryPolicy", WebSubscribers.policy(topic, null).asTopic());
        shown.put("Owner", topic.owner());
        shown.put("Policy", topic.policy());
        shown.put("SubscriptionsConfirmed", String.valueOf(confirmed));
        shown.put("SubscriptionsDeleted", String.valueOf(topic.subscriptionsDeleted()));
        shown.put("SubscriptionsPending", String.valueOf(pending));
        shown.put("TopicArn", topic.arn());
        return shown;
    }

    private static void check(String name, String value) {
        switch (name) {
            case "DisplayName" -> checkDisplayName(value);
            case "Policy" -> checkPolicy(value);
            case "KmsMasterKeyId" -> checkKey(value);
            case "DeliveryPolicy" -> checkDeliveryPolicy(value);
            case "SignatureVersion" -> checkSignatureVersion(value);
            case "TracingConfig" -> checkTracing(value);
            default -> checkRare(name, value);
        }
    }

    private static void checkRare(String name, String value) {
        if (Feedback.check(name, value)) {
            return;
        }
        if (name.equals("ArchivePolicy")) {
            refuseUnless(value.isEmpty(), "archives of FIFO topics (ArchivePolicy)");
        } else if (FIFO_VALUES.containsKey(name)) {
            if (!value.isEmpty() && !FIFO_VALUES.getOrDefault(name, Set.of()).contains(value)) {
                throw Faults.invalid(name);
            }
        } else {
            throw Faults.invalid("AttributeName");
        }
    }

    private static void checkDisplayName(String value) {
        if (value.length() > DISPLAY_NAME_MAX || value.chars().anyMatch(Character::isISOControl)) {
            throw Faults.invalid("DisplayName");
        }
    }

    /** Whether there is such a key shows when somebody publishes, as at AWS: the key may be made later. */
    private static void checkKey(String value) {
        if (value.length() > KEY_MAX || value.chars().anyMatch(c -> c <= ' ' || c >= 0x7F)) {
            throw Faults.invalid("KmsMasterKeyId");
        }
    }

    private static void checkPolicy(String value) {
        if (value.isEmpty()) {
            return;
        }
        if (value.length() > POLICY_MAX) {
            throw Faults.invalid("Policy Error: the policy is longer than " + POLICY_MAX + " bytes");
        }
        try {
            var unused = PolicyDocument.parse(value);
        } catch (MalformedPolicyException e) {
            throw Faults.invalid("Policy Error: " + e.getMessage());
        }
    }

    private static void checkDeliveryPolicy(String value) {
        try {
            var unused = DeliveryPolicy.ofTopic(value.isEmpty() ? null : value);
        } catch (DeliveryPolicy.Wrong e) {
            throw Faults.invalid("DeliveryPolicy: " + e.getMessage());
        }
    }

    private static void checkSignatureVersion(String value) {
        if (!Set.of("", "1", "2").contains(value)) {
            throw Faults.invalid("SignatureVersion");
        }
    }

    private static void checkTracing(String value) {
        if (!Set.of("", "PassThrough", "Active").contains(value)) {
            throw Faults.invalid("TracingConfig");
        }
        refuseUnless(!value.equals("Active"), "active tracing");
    }

    private static void refuseUnless(boolean fine, String what) {
        if (!fine) {
            throw Faults.notImplemented(what);
        }
    }
}
