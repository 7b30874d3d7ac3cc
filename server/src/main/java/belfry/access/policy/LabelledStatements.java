package belfry.access.policy;

import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A resource policy's statements by their labels, the {@code Sid}s: what AddPermission and its kin add and take away. */
public final class LabelledStatements {
    private final ObjectNode policy;

    private LabelledStatements(ObjectNode policy) {
        this.policy = policy;
    }

    /** @param policy a valid policy; its single statement may stand without a list */
    public static LabelledStatements of(String policy) {
        return of((ObjectNode) Json.parse(policy));
    }

    public static LabelledStatements of(ObjectNode policy) {
        if (!(policy.get("Statement") instanceof ArrayNode)) {
            JsonNode single = policy.path("Statement");
            ArrayNode list = policy.putArray("Statement");
            if (single.isObject()) {
                list.add(single);
            }
        }
        return new LabelledStatements(policy);
    }

    public int size() {
        return statements().size();
    }

    public boolean has(String label) {
        for (JsonNode statement : statements()) {
            if (labelled(statement, label)) {
                return true;
            }
        }
        return false;
    }

    /** Whether there was one. */
    public boolean remove(String label) {
        int before = size();
        statements().removeIf(statement -> labelled(statement, label));
        return size() < before;
    }

    /** Adds a statement that allows, and returns it for its principal, action and resource. */
    public ObjectNode allow(String label) {
        return statements().addObject().put("Sid", label).put("Effect", "Allow");
    }

    /** Adds a statement that allows whole accounts the actions on the resource. */
    public void allow(String label, List<String> accounts, List<String> actions, String resource) {
        ObjectNode statement = allow(label);
        List<String> roots = accounts.stream()
                .map(account -> "arn:aws:iam::" + account + ":root")
                .toList();
        statement.putObject("Principal").set("AWS", oneOrAll(roots));
        statement.set("Action", oneOrAll(actions));
        statement.put("Resource", resource);
    }

    public String json() {
        return Json.write(policy);
    }

    private ArrayNode statements() {
        return (ArrayNode) policy.get("Statement");
    }

    private static boolean labelled(JsonNode statement, String label) {
        return statement.path("Sid").asText().equals(label);
    }

    /** As AWS writes them: one alone without a list. */
    private static JsonNode oneOrAll(List<String> values) {
        ArrayNode list = Json.array();
        values.forEach(list::add);
        return list.size() == 1 ? list.get(0) : list;
    }
}
