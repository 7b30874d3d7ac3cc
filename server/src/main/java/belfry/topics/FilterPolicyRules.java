package belfry.topics;

import belfry.base.Json;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/** SNS's rules for filter policies, beyond what the ruler itself refuses, in SNS's words (semantics: sns.md §7). */
final class FilterPolicyRules {
    private static final int KEYS_MAX = 5;
    private static final long COMBINATIONS_MAX = 150;
    private static final int POLICIES_MAX = 200;
    private static final int BYTES_MAX = 256 * 1024;
    private static final int WILDCARDS_MAX = 3;
    private static final int DECIMALS_MAX = 5;
    private static final BigDecimal NUMBER_MAX = new BigDecimal("1E9");
    private static final Set<String> OPERATORS =
            Set.of("prefix", "suffix", "anything-but", "equals-ignore-case", "numeric", "exists", "cidr", "wildcard");

    private final String prefix;
    private final boolean ofBody;
    private int keys;

    private FilterPolicyRules(String prefix, boolean ofBody) {
        this.prefix = prefix;
        this.ofBody = ofBody;
    }

    /**
     * @param prefix what SNS puts before its complaint: empty, or {@code Attributes Reason: } at Subscribe
     * @param ofBody whether the policy looks at the message's body
     */
    static void check(String policy, String prefix, boolean ofBody) {
        new FilterPolicyRules(prefix, ofBody).check(policy);
        var unused = FilterPolicy.compile(policy, ofBody);
    }

    /**
     * Checks that a topic has room for a subscription's policy.
     *
     * @param attributes the subscription's, as they are to be
     * @throws ServiceException {@code FilterPolicyLimitExceeded}
     */
    static void checkCount(Tx tx, Map<String, String> attributes, Subscription subscription) {
        if (!attributes.containsKey("FilterPolicy")) {
            return;
        }
        long others = Subscription.ofTopic(tx, subscription.topicArn()).stream()
                .filter(other -> other.attributes().containsKey("FilterPolicy"))
                .filter(other -> !other.arn().equals(subscription.arn()))
                .count();
        if (others >= POLICIES_MAX) {
            throw ServiceException.of(
                    "FilterPolicyLimitExceeded",
                    403,
                    "The topic has the limit of " + POLICIES_MAX + " filter policies");
        }
    }

    private void check(String policy) {
        if (Message.utf8Length(policy) > BYTES_MAX) {
            throw wrong("Filter policy can not be larger than 256 KB");
        }
        JsonNode json;
        try {
            json = Json.parse(policy);
        } catch (IllegalArgumentException e) {
            throw wrong("failed to parse JSON.");
        }
        if (!json.isObject()) {
            throw wrong("Filter policy must be an object");
        }
        long combinations = combinations(json, 1);
        if (keys > KEYS_MAX) {
            throw wrong("Filter policy can not have more than 5 keys");
        }
        if (combinations > COMBINATIONS_MAX) {
            throw wrong("Filter policy is too complex");
        }
    }

    /** What the keys of an object multiply to; the choices of {@code $or} add up. */
    private long combinations(JsonNode object, int depth) {
        long all = 1;
        for (var member : object.properties()) {
            String key = member.getKey();
            JsonNode value = member.getValue();
            if (key.equals("$or") && FilterChoices.isChoice(value)) {
                all *= value.valueStream()
                        .mapToLong(choice -> combinations(choice, depth))
                        .sum();
            } else if (value.isObject()) {
                if (!ofBody) {
                    throw Faults.invalid(
                            prefix + "Filter policy scope MessageAttributes does not support nested filter policy");
                }
                all *= combinations(value, depth + 1);
            } else if (value.isArray()) {
                checkValues(value);
                all *= (long) value.size() * depth;
            } else {
                throw wrong("\"" + key + "\" must be an object or an array");
            }
            all = Math.min(all, Integer.MAX_VALUE);
        }
        return all;
    }

    private void checkValues(JsonNode values) {
        if (values.isEmpty()) {
            throw wrong("Empty arrays are not allowed");
        }
        keys++;
        values.forEach(this::checkValue);
    }

    private void checkValue(JsonNode value) {
        if (value.isArray()) {
            throw wrong("Match value must be String, number, true, false, or null");
        }
        checkNumber(value);
        if (!value.isObject()) {
            return;
        }
        for (var operator : value.properties()) {
            if (!OPERATORS.contains(operator.getKey())) {
                throw wrong("Unrecognized match type " + operator.getKey());
            }
            if (operator.getKey().equals("anything-but") && operator.getValue().has("suffix")) {
                throw wrong("Unsupported anything-but pattern: suffix");
            }
            checkOperand(operator.getValue());
            checkWildcard(
                    operator.getKey().equals("wildcard")
                            ? operator.getValue()
                            : operator.getValue().path("wildcard"));
        }
    }

    private void checkOperand(JsonNode operand) {
        checkNumber(operand);
        operand.forEach(this::checkNumber);
    }

    private void checkNumber(JsonNode value) {
        if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            if (number.abs().compareTo(NUMBER_MAX) > 0
                    || number.stripTrailingZeros().scale() > DECIMALS_MAX) {
                throw wrong(
                        "Numeric values must be between -1.0E9 and 1.0E9, inclusive, with at most 5 decimal places");
            }
        }
    }

    private void checkWildcard(JsonNode pattern) {
        if (pattern.isTextual()
                && pattern.textValue().chars().filter(c -> c == '*').count() > WILDCARDS_MAX) {
            throw wrong("Wildcard patterns can not have more than 3 wildcards");
        }
    }

    private ServiceException wrong(String text) {
        return Faults.invalid(prefix + "FilterPolicy: " + text);
    }
}
