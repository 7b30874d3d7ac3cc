package belfry.events;

import belfry.access.policy.MalformedPolicyException;
import belfry.access.policy.PolicyDocument;
import belfry.api.events.Condition;
import belfry.api.events.PutPermissionRequest;
import belfry.api.events.RemovePermissionRequest;
import belfry.base.Json;
import belfry.gateway.Call;
import belfry.wire.NoOutput;
import belfry.wire.ServiceException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** A bus's policy: whole, or statement by statement. */
final class PermissionOperations {
    NoOutput put(PutPermissionRequest in, Call call) {
        BusName busName = BusName.of(in.eventBusName(), call);
        if (in.policy() != null) {
            check(in.policy());
        } else if (in.action() == null || in.principal() == null || in.statementId() == null) {
            throw Faults.invalid("Parameter(s) Action, Principal, StatementId or Policy must be specified.");
        }
        return call.write(tx -> {
            Bus bus = Bus.get(tx, busName);
            String policy = in.policy() != null ? in.policy() : Json.write(with(bus, in));
            bus.withPolicy(policy).save(tx, call.now());
            return NoOutput.INSTANCE;
        });
    }

    private static void check(String policy) {
        try {
            var unused = PolicyDocument.parse(policy);
        } catch (MalformedPolicyException e) {
            throw Faults.invalid("Parameter Policy is not valid. Reason: " + e.getMessage());
        }
    }

    private static ObjectNode with(Bus bus, PutPermissionRequest in) {
        ArrayNode statements = without(bus.policy(), in.statementId());
        ObjectNode statement = Json.object().put("Sid", in.statementId()).put("Effect", "Allow");
        if (in.principal().equals("*")) {
            statement.put("Principal", "*");
        } else {
            statement.putObject("Principal").put("AWS", "arn:aws:iam::" + in.principal() + ":root");
        }
        statement.put("Action", in.action()).put("Resource", bus.arn());
        Condition condition = in.condition();
        if (condition != null) {
            statement.putObject("Condition").putObject(condition.type()).put(condition.key(), condition.value());
        }
        return policy(statements.add(statement));
    }

    private static ObjectNode policy(ArrayNode statements) {
        ObjectNode policy = Json.object().put("Version", "2012-10-17");
        policy.set("Statement", statements);
        return policy;
    }

    private static ArrayNode without(@Nullable String policy, String sid) {
        ArrayNode left = Json.array();
        JsonNode statements = policy == null ? Json.array() : Json.parse(policy).path("Statement");
        for (JsonNode statement :
                statements.isArray() ? statements : Json.array().add(statements)) {
            if (!statement.path("Sid").asText().equals(sid)) {
                left.add(statement);
            }
        }
        return left;
    }

    NoOutput remove(RemovePermissionRequest in, Call call) {
        BusName busName = BusName.of(in.eventBusName(), call);
        boolean all = Boolean.TRUE.equals(in.removeAllPermissions());
        return call.write(tx -> {
            Bus bus = Bus.get(tx, busName);
            String before = bus.policy();
            if (before == null && !all) {
                throw ServiceException.of("ResourceNotFoundException", "EventBus does not have a policy.");
            }
            ArrayNode left = all ? Json.array() : without(before, String.valueOf(in.statementId()));
            bus.withPolicy(left.isEmpty() ? null : Json.write(policy(left))).save(tx, call.now());
            return NoOutput.INSTANCE;
        });
    }
}
