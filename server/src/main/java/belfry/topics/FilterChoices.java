package belfry.topics;

import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes a filter policy apart into policies without {@code $or}, one of which must match. The ruler knows {@code $or}
 * itself, but overlooks an absent key ({@code exists: false}) where two choices name the same key.
 */
final class FilterChoices {
    private FilterChoices() {}

    /** The policy's choices; the policy itself where it has none or a key stands both beside and inside them. */
    static List<JsonNode> of(JsonNode policy) {
        return apart(policy).orElse(List.of(policy));
    }

    private static Optional<List<JsonNode>> apart(JsonNode policy) {
        List<ObjectNode> all = new ArrayList<>(List.of(Json.object()));
        for (var member : policy.properties()) {
            Optional<List<JsonNode>> choices = choices(member.getKey(), member.getValue());
            if (choices.isEmpty()) {
                return Optional.empty();
            }
            List<ObjectNode> more = new ArrayList<>();
            for (ObjectNode before : all) {
                for (JsonNode choice : choices.get()) {
                    if (choice.propertyStream().anyMatch(one -> before.has(one.getKey()))) {
                        return Optional.empty();
                    }
                    more.add(before.deepCopy().setAll((ObjectNode) choice));
                }
            }
            all = more;
        }
        return Optional.of(List.copyOf(all));
    }

    /** The objects, one of which takes the member's place. */
    private static Optional<List<JsonNode>> choices(String key, JsonNode value) {
        if (key.equals("$or") && isChoice(value)) {
            List<JsonNode> all = new ArrayList<>();
            for (JsonNode choice : value) {
                Optional<List<JsonNode>> some = apart(choice);
                if (some.isEmpty()) {
                    return Optional.empty();
                }
                all.addAll(some.get());
            }
            return Optional.of(all);
        }
        Optional<List<JsonNode>> inner = value.isObject() ? apart(value) : Optional.of(List.of(value));
        return inner.map(some ->
                some.stream().<JsonNode>map(one -> Json.object().set(key, one)).toList());
    }

    /** What else stands under {@code $or} is a key like any other. */
    static boolean isChoice(JsonNode value) {
        return value.isArray() && value.size() > 1 && value.valueStream().allMatch(JsonNode::isObject);
    }
}
