package belfry.topics;

import belfry.base.Json;
import belfry.wire.ServiceException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** SNS's rules for filter policies, beyond what the ruler itself refuses, in SNS's words (semantics: sns.md §7). */
final class FilterPolicyRules {
    private static final int KEYS_MAX = 5;
    private static final long COMBINATIONS_MAX = 150;
    private static final Set<String> OPERATORS =
            Set.of("prefix", "suffix", "anything-but", "equals-ignore-case", "numeric", "exists", "cidr", "wildcard");

    private final String prefix;
    private final boolean ofBody;
    private int keys;
    private long combinations = 1;

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

    private void check(String policy) {
        JsonNode json;
        try {
            json = Json.parse(policy);
        } catch (IllegalArgumentException e) {
            throw wrong("failed to parse JSON.");
        }
        if (!json.isObject()) {
            throw wrong("Filter policy must be an object");
        }
        checkObject(json, 1);
        if (keys > KEYS_MAX) {
            throw wrong("Filter policy can not have more than 5 keys");
        }
        if (combinations > COMBINATIONS_MAX) {
            throw wrong("Filter policy is too complex");
        }
    }

    private void checkObject(JsonNode object, int depth) {
        for (var member : object.properties()) {
            String key = member.getKey();
            JsonNode value = member.getValue();
            if (key.equals("$or") && value.isArray()) {
                value.forEach(choice -> checkObject(choice, depth));
            } else if (value.isObject()) {
                if (!ofBody) {
                    throw Faults.invalid(
                            prefix + "Filter policy scope MessageAttributes does not support nested filter policy");
                }
                checkObject(value, depth + 1);
            } else if (value.isArray()) {
                checkValues(value, depth);
            } else {
                throw wrong("\"" + key + "\" must be an object or an array");
            }
        }
    }

    private void checkValues(JsonNode values, int depth) {
        if (values.isEmpty()) {
            throw wrong("Empty arrays are not allowed");
        }
        keys++;
        combinations = Math.min(combinations * values.size() * depth, Integer.MAX_VALUE);
        values.forEach(this::checkValue);
    }

    private void checkValue(JsonNode value) {
        if (value.isArray()) {
            throw wrong("Match value must be String, number, true, false, or null");
        }
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
        }
    }

    private ServiceException wrong(String text) {
        return Faults.invalid(prefix + "FilterPolicy: " + text);
    }
}
