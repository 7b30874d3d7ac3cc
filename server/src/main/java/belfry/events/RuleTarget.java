package belfry.events;

import belfry.base.Arn;
import belfry.base.Json;
import belfry.store.Tx;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A target of a rule.
 *
 * @param groupId for FIFO queues
 * @param dlqArn the queue for what cannot be delivered
 */
record RuleTarget(
        String id,
        String arn,
        @Nullable String roleArn,
        TargetInput input,
        @Nullable String groupId,
        @Nullable String dlqArn,
        @Nullable Integer maxRetries,
        @Nullable Integer maxAgeSeconds) {
    /** The service that the target belongs to, which is the lane of its deliveries. */
    String service() {
        return Arn.parse(arn).map(Arn::service).orElse("");
    }

    static List<RuleTarget> of(Tx tx, BusRule rule) {
        return tx.query(
                "SELECT target FROM event_target WHERE rule_id = ? ORDER BY id", row -> read(row.text(1)), rule.id());
    }

    void save(Tx tx, BusRule rule) {
        tx.update(
                "INSERT INTO event_target (rule_id, id, arn, target) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (rule_id, id) DO UPDATE SET arn = excluded.arn, target = excluded.target",
                rule.id(),
                id,
                arn,
                Json.write(json()));
    }

    private ObjectNode json() {
        ObjectNode json = Json.object().put("id", id).put("arn", arn);
        json.put("roleArn", roleArn).put("groupId", groupId).put("dlqArn", dlqArn);
        json.put("maxRetries", maxRetries).put("maxAge", maxAgeSeconds);
        switch (input) {
            case TargetInput.WholeEvent whole -> {}
            case TargetInput.Constant constant -> json.put("input", constant.text());
            case TargetInput.Part part -> json.put("inputPath", part.path());
            case TargetInput.Template template -> {
                json.put("template", template.template());
                ObjectNode paths = json.putObject("paths");
                template.paths().forEach(paths::put);
            }
        }
        return json;
    }

    private static RuleTarget read(String text) {
        ObjectNode json = (ObjectNode) Json.parse(text);
        return new RuleTarget(
                json.path("id").asText(),
                json.path("arn").asText(),
                text(json, "roleArn"),
                input(json),
                text(json, "groupId"),
                text(json, "dlqArn"),
                number(json, "maxRetries"),
                number(json, "maxAge"));
    }

    private static TargetInput input(ObjectNode json) {
        if (json.has("input")) {
            return new TargetInput.Constant(json.path("input").asText());
        }
        if (json.has("inputPath")) {
            return new TargetInput.Part(json.path("inputPath").asText());
        }
        if (json.has("template")) {
            SortedMap<String, String> paths = new TreeMap<>(Json.texts(json.path("paths")));
            return new TargetInput.Template(paths, json.path("template").asText());
        }
        return new TargetInput.WholeEvent();
    }

    private static @Nullable String text(ObjectNode json, String name) {
        return json.hasNonNull(name) ? json.path(name).asText() : null;
    }

    private static @Nullable Integer number(ObjectNode json, String name) {
        return json.hasNonNull(name) ? json.path(name).asInt() : null;
    }
}
