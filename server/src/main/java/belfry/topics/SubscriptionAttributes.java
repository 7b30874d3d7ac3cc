package belfry.topics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A subscription's attributes: which can be set and what is shown of them (semantics: sns.md §3, §7). */
final class SubscriptionAttributes {
    private static final String AT_SUBSCRIBE = "Attributes Reason: ";

    private SubscriptionAttributes() {}

    /** Those given with Subscribe, checked. */
    static Map<String, String> read(@Nullable Map<String, String> given, String protocol) {
        Map<String, String> attributes = new TreeMap<>();
        // The scope decides how the policy is checked, so it comes first.
        new TreeMap<>(given == null ? Map.<String, String>of() : given)
                .descendingMap().entrySet().stream()
                        .sorted((a, b) -> Boolean.compare(isPolicy(a.getKey()), isPolicy(b.getKey())))
                        .forEach(one -> put(attributes, one.getKey(), one.getValue(), protocol, AT_SUBSCRIBE));
        return attributes;
    }

    /** The attributes after SetSubscriptionAttributes. */
    static Map<String, String> set(Subscription subscription, String name, String value) {
        Map<String, String> attributes = new TreeMap<>(subscription.attributes());
        put(attributes, name, value, subscription.protocol(), "");
        return attributes;
    }

    /** What GetSubscriptionAttributes answers. */
    static Map<String, String> shown(Subscription subscription, String owner) {
        Map<String, String> shown = new LinkedHashMap<>(subscription.attributes());
        shown.put("ConfirmationWasAuthenticated", String.valueOf(subscription.confirmedAuthenticated()));
        shown.put("Endpoint", subscription.endpoint());
        shown.put("Owner", owner);
        shown.put("PendingConfirmation", String.valueOf(subscription.pending()));
        shown.put("Protocol", subscription.protocol());
        shown.putIfAbsent("RawMessageDelivery", "false");
        shown.put("SubscriptionArn", subscription.arn());
        shown.put("SubscriptionPrincipal", subscription.principal());
        shown.put("TopicArn", subscription.topicArn());
        if (shown.containsKey("FilterPolicy")) {
            shown.putIfAbsent("FilterPolicyScope", "MessageAttributes");
        }
        return shown;
    }

    private static boolean isPolicy(String name) {
        return name.equals("FilterPolicy");
    }

    private static void put(Map<String, String> all, String name, String value, String protocol, String prefix) {
        switch (name) {
            case "FilterPolicy" -> putPolicy(all, value, prefix);
            case "FilterPolicyScope" -> putScope(all, value, prefix);
            case "RawMessageDelivery" -> putRaw(all, value, protocol, prefix);
            case "RedrivePolicy", "DeliveryPolicy", "SubscriptionRoleArn", "ReplayPolicy" -> {
                if (!value.isEmpty()) {
                    throw Faults.notImplemented("the subscription attribute " + name);
                }
            }
            default -> throw Faults.invalid(prefix.isEmpty() ? "AttributeName" : prefix + "Unknown attribute: " + name);
        }
    }

    private static void putPolicy(Map<String, String> all, String value, String prefix) {
        if (value.isEmpty() || value.strip().matches("\\{\\s*}")) {
            all.remove("FilterPolicy");
            return;
        }
        FilterPolicyRules.check(value, prefix, "MessageBody".equals(all.get("FilterPolicyScope")));
        all.put("FilterPolicy", value);
    }

    private static void putScope(Map<String, String> all, String value, String prefix) {
        if (!value.equals("MessageAttributes") && !value.equals("MessageBody")) {
            throw Faults.invalid(prefix + "FilterPolicyScope: Invalid value [" + value
                    + "]. Please use either MessageBody or MessageAttributes");
        }
        String policy = all.get("FilterPolicy");
        if (policy != null) {
            FilterPolicyRules.check(policy, prefix, value.equals("MessageBody"));
        }
        all.put("FilterPolicyScope", value);
    }

    private static void putRaw(Map<String, String> all, String value, String protocol, String prefix) {
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw Faults.invalid(prefix + "RawMessageDelivery: Invalid value [" + value + "]. Must be true or false.");
        }
        if (value.equalsIgnoreCase("true") && !protocol.equals("sqs")) {
            throw Faults.invalid(
                    prefix + "Delivery protocol [" + protocol + "] does not support raw message delivery.");
        }
        all.put("RawMessageDelivery", String.valueOf(value.equalsIgnoreCase("true")));
    }
}
