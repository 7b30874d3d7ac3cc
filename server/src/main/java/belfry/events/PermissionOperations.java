package belfry.events;

import belfry.access.policy.LabelledStatements;
import belfry.access.policy.MalformedPolicyException;
import belfry.access.policy.PolicyDocument;
import belfry.api.events.Condition;
import belfry.api.events.PutPermissionRequest;
import belfry.api.events.RemovePermissionRequest;
import belfry.base.Json;
import belfry.gateway.Call;
import belfry.wire.NoOutput;
import belfry.wire.ServiceException;
import com.fasterxml.jackson.databind.node.ObjectNode;

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
            String policy = in.policy() != null ? in.policy() : with(bus, in).json();
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

    private static LabelledStatements with(Bus bus, PutPermissionRequest in) {
        LabelledStatements policy = policy(bus);
        policy.remove(in.statementId());
        ObjectNode statement = policy.allow(in.statementId());
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
        return policy;
    }

    private static LabelledStatements policy(Bus bus) {
        String policy = bus.policy();
        return policy == null
                ? LabelledStatements.of(Json.object().put("Version", "2012-10-17"))
                : LabelledStatements.of(policy);
    }

    NoOutput remove(RemovePermissionRequest in, Call call) {
        BusName busName = BusName.of(in.eventBusName(), call);
        boolean all = Boolean.TRUE.equals(in.removeAllPermissions());
        return call.write(tx -> {
            Bus bus = Bus.get(tx, busName);
            if (bus.policy() == null && !all) {
                throw ServiceException.of("ResourceNotFoundException", "EventBus does not have a policy.");
            }
            LabelledStatements policy = policy(bus);
            policy.remove(String.valueOf(in.statementId()));
            bus.withPolicy(all || policy.size() == 0 ? null : policy.json()).save(tx, call.now());
            return NoOutput.INSTANCE;
        });
    }
}
