package belfry.topics;

import belfry.api.sns.AddPermissionInput;
import belfry.api.sns.RemovePermissionInput;
import belfry.base.Json;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** AddPermission and RemovePermission: statements of the topic's policy, by label (semantics: sns.md §9). */
final class PermissionOperations {
    private static final Set<String> ACTIONS = Set.of(
            "Publish",
            "Subscribe",
            "Receive",
            "GetTopicAttributes",
            "SetTopicAttributes",
            "AddPermission",
            "RemovePermission",
            "DeleteTopic",
            "ListSubscriptionsByTopic");

    NoOutput add(AddPermissionInput in, Call call) {
        String arn = Names.topicArn(in.topicArn(), call);
        for (String action : in.actionName()) {
            if (!ACTIONS.contains(action)) {
                throw Faults.invalid("Policy statement action out of service scope!");
            }
        }
        return call.write(tx -> {
            Topic topic = Topic.get(tx, arn);
            ObjectNode policy = (ObjectNode) Json.parse(topic.policy());
            ArrayNode statements = statements(policy);
            for (JsonNode statement : statements) {
                if (statement.path("Sid").asText().equals(in.label())) {
                    throw Faults.invalid("Statement already exists");
                }
            }
            statements.add(statement(in, arn));
            return store(tx, topic, policy);
        });
    }

    NoOutput remove(RemovePermissionInput in, Call call) {
        String arn = Names.topicArn(in.topicArn(), call);
        return call.write(tx -> {
            Topic topic = Topic.get(tx, arn);
            ObjectNode policy = (ObjectNode) Json.parse(topic.policy());
            ArrayNode left = Json.array();
            statements(policy).forEach(statement -> {
                if (!statement.path("Sid").asText().equals(in.label())) {
                    left.add(statement);
                }
            });
            policy.set("Statement", left);
            return store(tx, topic, policy);
        });
    }

    private static NoOutput store(Tx tx, Topic topic, ObjectNode policy) {
        Map<String, String> attributes = new TreeMap<>(topic.attributes());
        attributes.put("Policy", Json.write(policy));
        topic.setAttributes(tx, attributes);
        return NoOutput.INSTANCE;
    }

    /** The policy's statements as an array of its own, also where it has a single one. */
    private static ArrayNode statements(ObjectNode policy) {
        JsonNode statement = policy.path("Statement");
        if (statement instanceof ArrayNode array) {
            return array;
        }
        ArrayNode array = policy.putArray("Statement");
        if (statement.isObject()) {
            array.add(statement);
        }
        return array;
    }

    private static ObjectNode statement(AddPermissionInput in, String arn) {
        ObjectNode statement = Json.object().put("Sid", in.label()).put("Effect", "Allow");
        ArrayNode principals = Json.array();
        in.awsAccountId().forEach(account -> principals.add("arn:aws:iam::" + account + ":root"));
        statement.putObject("Principal").set("AWS", single(principals));
        ArrayNode actions = Json.array();
        in.actionName().forEach(action -> actions.add("SNS:" + action));
        statement.set("Action", single(actions));
        return statement.put("Resource", arn);
    }

    private static JsonNode single(ArrayNode values) {
        return values.size() == 1 ? values.get(0) : values;
    }
}
