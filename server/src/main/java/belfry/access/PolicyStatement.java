package belfry.access;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One statement of a policy.
 *
 * @param allows true for Allow, false for Deny
 * @param negated whether {@code actions} came from NotAction
 * @param principals the ARNs, account ids, services and {@code *} under Principal; empty where there is none
 * @param conditional whether it has conditions
 */
public record PolicyStatement(
        boolean allows, boolean negated, List<String> actions, List<String> principals, boolean conditional) {
    private static final Set<String> MEMBERS = Set.of(
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition");

    public PolicyStatement {
        actions = List.copyOf(actions);
        principals = List.copyOf(principals);
    }

    static PolicyStatement read(JsonNode node, PolicyDocument.Kind kind) {
        if (!node.isObject()) {
            throw PolicyDocument.syntax();
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                throw PolicyDocument.syntax();
            }
        });
        String effect = node.path("Effect").asText();
        if (!effect.equals("Allow") && !effect.equals("Deny")) {
            throw PolicyDocument.syntax();
        }
        checkParts(node, kind);
        boolean negated = node.has("NotAction");
        JsonNode condition = node.path("Condition");
        if (!condition.isMissingNode() && !condition.isObject()) {
            throw PolicyDocument.syntax();
        }
        return new PolicyStatement(
                effect.equals("Allow"),
                negated,
                texts(node.path(negated ? "NotAction" : "Action")),
                principals(node.path("Principal")),
                !condition.isEmpty());
    }

    /** Whether the principal stands there, literally. */
    boolean names(String principal) {
        return principals.contains(principal);
    }

    /** Whether the action is one of those named; upper and lower case do not matter. */
    boolean covers(String action) {
        return negated
                != actions.stream()
                        .anyMatch(pattern ->
                                Globs.matches(pattern.toLowerCase(Locale.ROOT), action.toLowerCase(Locale.ROOT)));
    }

    private static void checkParts(JsonNode node, PolicyDocument.Kind kind) {
        boolean principal = node.has("Principal") || node.has("NotPrincipal");
        boolean resource = node.has("Resource") || node.has("NotResource");
        if (node.has("Action") == node.has("NotAction")) {
            throw new IllegalArgumentException(
                    node.has("Action") ? "Syntax errors in policy." : "Policy statement must contain actions.");
        }
        switch (kind) {
            case IDENTITY -> {
                require(resource, "Policy statement must contain resources.");
                require(!principal, "Policy document should not specify a principal.");
            }
            case TRUST -> {
                require(principal, "Missing required field Principal");
                require(!resource, "Has prohibited field Resource");
            }
            case RESOURCE -> {
                require(principal, "Missing required field Principal");
                require(resource, "Missing required field Resource");
            }
        }
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static List<String> principals(JsonNode node) {
        if (!node.isObject()) {
            return node.isMissingNode() ? List.of() : texts(node);
        }
        List<String> principals = new ArrayList<>();
        node.forEach(one -> principals.addAll(texts(one)));
        return principals;
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        for (JsonNode one : node.isArray() ? node : List.of(node)) {
            if (!one.isTextual()) {
                throw PolicyDocument.syntax();
            }
            texts.add(one.textValue());
        }
        return texts;
    }
}
