package belfry.topics;

import belfry.topics.web.DeliveryPolicy;
import belfry.topics.web.WebhookForm;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A subscription's attributes: which can be set and what is shown of them (semantics: sns.md §3, §7). */
final class SubscriptionAttributes {
    private static final String AT_SUBSCRIBE = "Attributes Reason: ";
    private static final Set<String> RAW = Set.of("sqs", "http", "https");
    private static final Pattern PASSWORD = Pattern.compile("^(https?://[^/@:]*:)[^/@]*@");

    private SubscriptionAttributes() {}

    /** Those given with Subscribe, checked. */
    static Map<String, String> read(@Nullable Map<String, String> given, String protocol, String topicArn) {
        Map<String, String> attributes = new TreeMap<>();
        // The scope decides how the policy is checked, so it comes first.
        new TreeMap<>(given == null ? Map.<String, String>of() : given)
                .descendingMap().entrySet().stream()
                        .sorted((a, b) -> Boolean.compare(isPolicy(a.getKey()), isPolicy(b.getKey())))
                        .forEach(
                                one -> put(attributes, one.getKey(), one.getValue(), protocol, topicArn, AT_SUBSCRIBE));
        return attributes;
    }

    /** The attributes after SetSubscriptionAttributes. */
    static Map<String, String> set(Subscription subscription, String name, String value) {
        Map<String, String> attributes = new TreeMap<>(subscription.attributes());
        put(attributes, name, value, subscription.protocol(), subscription.topicArn(), "");
        return attributes;
    }

    /** What GetSubscriptionAttributes answers. */
    static Map<String, String> shown(Subscription subscription, Topic topic, String owner) {
        Map<String, String> shown = new LinkedHashMap<>(subscription.attributes());
        shown.put("ConfirmationWasAuthenticated", String.valueOf(subscription.confirmedAuthenticated()));
        shown.put("Endpoint", endpoint(subscription));
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
        if (subscription.web()) {
            shown.put(
                    "EffectiveDeliveryPolicy",
                    WebSubscribers.policy(topic, subscription.attributes().get("DeliveryPolicy"))
                            .asSubscription());
        }
        return shown;
    }

    /** As it is shown: without the password that a URL may hold. */
    static String endpoint(Subscription subscription) {
        return subscription.web() ? withoutPassword(subscription.endpoint()) : subscription.endpoint();
    }

    static String withoutPassword(String url) {
        return PASSWORD.matcher(url).replaceFirst("$1****@");
    }

    private static boolean isPolicy(String name) {
        return name.equals("FilterPolicy");
    }

    private static void put(
            Map<String, String> all, String name, String value, String protocol, String topicArn, String prefix) {
        switch (name) {
            case "FilterPolicy" -> putPolicy(all, value, prefix);
            case "FilterPolicyScope" -> putScope(all, value, prefix);
            case "RawMessageDelivery" -> putRaw(all, value, protocol, prefix);
            case "RedrivePolicy" -> putRedrive(all, value, protocol, topicArn, prefix);
            case "DeliveryPolicy" -> putDelivery(all, value, protocol, prefix);
            case WebhookForm.ATTRIBUTE -> putForm(all, value, protocol, prefix);
            case DigestPeriod.ATTRIBUTE -> DigestPeriod.put(all, value, protocol, prefix);
            case "SubscriptionRoleArn", "ReplayPolicy" -> {
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

    /** Only at Subscribe: it decides whether the endpoint is asked to confirm. */
    private static void putForm(Map<String, String> all, String value, String protocol, String prefix) {
        if (prefix.isEmpty()) {
            throw Faults.invalid("WebhookFormat can be set when subscribing only");
        }
        if (!protocol.equals("http") && !protocol.equals("https")) {
            throw Faults.invalid(prefix + "WebhookFormat: is for http and https endpoints");
        }
        try {
            var unused = WebhookForm.named(value);
        } catch (IllegalArgumentException e) {
            throw Faults.invalid(prefix + "WebhookFormat: Invalid value [" + value
                    + "]. Must be slack, teams, discord, pagerduty or aws.");
        }
        all.put(WebhookForm.ATTRIBUTE, value);
    }

    private static void putRedrive(
            Map<String, String> all, String value, String protocol, String topicArn, String prefix) {
        if (value.isEmpty()) {
            all.remove("RedrivePolicy");
            return;
        }
        DeadLetters.check(value, topicArn, prefix);
        if (protocol.startsWith("email")) {
            throw Faults.notImplemented("RedrivePolicy for mail, which is tried for days and never thrown away");
        }
        all.put("RedrivePolicy", value);
    }

    private static void putDelivery(Map<String, String> all, String value, String protocol, String prefix) {
        if (value.isEmpty()) {
            all.remove("DeliveryPolicy");
            return;
        }
        if (!protocol.equals("http") && !protocol.equals("https")) {
            throw Faults.invalid(prefix + "Delivery protocol [" + protocol + "] does not support delivery policy.");
        }
        try {
            var unused = DeliveryPolicy.DEFAULT.ofSubscription(value);
        } catch (DeliveryPolicy.Wrong e) {
            throw Faults.invalid(prefix + "DeliveryPolicy: " + e.getMessage());
        }
        all.put("DeliveryPolicy", value);
    }

    private static void putRaw(Map<String, String> all, String value, String protocol, String prefix) {
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw Faults.invalid(prefix + "RawMessageDelivery: Invalid value [" + value + "]. Must be true or false.");
        }
        if (value.equalsIgnoreCase("true") && !RAW.contains(protocol)) {
            throw Faults.invalid(
                    prefix + "Delivery protocol [" + protocol + "] does not support raw message delivery.");
        }
        all.put("RawMessageDelivery", String.valueOf(value.equalsIgnoreCase("true")));
    }
}
