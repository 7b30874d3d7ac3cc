package belfry.access.policy;

import belfry.access.policy.MalformedPolicyException.Part;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one statement; every member may stand alone or in a list. */
final class StatementReader {
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

    private final JsonNode json;
    private final boolean variables;

    StatementReader(JsonNode json, boolean variables) {
        this.json = json;
        this.variables = variables;
        if (!json.isObject()) {
            throw new MalformedPolicyException(Part.STATEMENT, "a statement must be an object");
        }
        for (String name : (Iterable<String>) json::fieldNames) {
            if (!MEMBERS.contains(name)) {
                throw new MalformedPolicyException(Part.STATEMENT, "unknown field " + name);
            }
        }
    }

    String sid() {
        return json.path("Sid").asText("");
    }

    Effect effect() {
        return switch (json.path("Effect").asText("")) {
            case "Allow" -> Effect.ALLOW;
            case "Deny" -> Effect.DENY;
            default -> throw new MalformedPolicyException(Part.EFFECT, "Effect must be Allow or Deny");
        };
    }

    /** Whether the member stands with its {@code Not} before it. */
    boolean negated(String member) {
        return json.has("Not" + member);
    }

    Optional<PrincipalPattern> principal() {
        JsonNode node = either("Principal", Part.PRINCIPAL);
        return node == null ? Optional.empty() : Optional.of(PrincipalReader.read(node));
    }

    List<String> actions() {
        JsonNode node = either("Action", Part.ACTION);
        if (node == null) {
            throw new MalformedPolicyException(Part.ACTION, "Missing required field Action");
        }
        List<String> actions = texts(node, Part.ACTION);
        for (String action : actions) {
            if (!action.equals("*") && !action.matches("[A-Za-z0-9*?-]+:[A-Za-z0-9*?]+")) {
                throw new MalformedPolicyException(Part.ACTION, "an action is written service:Name");
            }
        }
        return actions;
    }

    List<Template> resources() {
        JsonNode node = either("Resource", Part.RESOURCE);
        return node == null
                ? List.of()
                : texts(node, Part.RESOURCE).stream()
                        .map(text -> new Template(text, variables))
                        .toList();
    }

    List<Condition> conditions() {
        JsonNode node = json.get("Condition");
        return node == null ? List.of() : new ConditionReader(variables).read(node);
    }

    private @Nullable JsonNode either(String member, Part part) {
        JsonNode plain = json.get(member);
        JsonNode not = json.get("Not" + member);
        if (plain != null && not != null) {
            throw new MalformedPolicyException(part, member + " and Not" + member + " exclude each other");
        }
        return plain == null ? not : plain;
    }

    /** One text or a list of at least one. */
    static List<String> texts(JsonNode node, Part part) {
        List<String> texts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(item -> texts.add(text(item, part)));
        } else {
            texts.add(text(node, part));
        }
        if (texts.isEmpty()) {
            throw new MalformedPolicyException(part, "an empty list says nothing");
        }
        return texts;
    }

    private static String text(JsonNode node, Part part) {
        if (!node.isValueNode() || node.isNull()) {
            throw new MalformedPolicyException(part, "text expected");
        }
        return node.asText();
    }
}
