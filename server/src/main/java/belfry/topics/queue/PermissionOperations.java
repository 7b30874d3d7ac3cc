package belfry.topics.queue;

import belfry.access.policy.LabelledStatements;
import belfry.api.sqs.AddPermissionRequest;
import belfry.api.sqs.RemovePermissionRequest;
import belfry.base.Json;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import belfry.wire.ServiceException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** AddPermission and RemovePermission: statements of the queue's policy, by label. */
final class PermissionOperations {
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_-]{1,80}");
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    private static final int ACTIONS_MAX = 7;
    private static final int STATEMENTS_MAX = 20;

    /** Whatever else there is stays the owner's. */
    private static final Set<String> ACTIONS = Set.of(
            "*",
            "ChangeMessageVisibility",
            "DeleteMessage",
            "GetQueueAttributes",
            "GetQueueUrl",
            "ListDeadLetterSourceQueues",
            "PurgeQueue",
            "ReceiveMessage",
            "SendMessage");

    NoOutput add(AddPermissionRequest in, Call call) {
        String arn = Queue.arnOf(in.queueUrl(), call);
        check(in);
        return call.write(tx -> {
            Queue queue = Queue.get(tx, arn);
            LabelledStatements policy = policy(queue);
            if (policy.has(in.label())) {
                throw label(in.label(), "Already exists.");
            }
            if (policy.size() >= STATEMENTS_MAX) {
                throw overLimit(
                        policy.size() + 1 + " Statements were found, maximum allowed is " + STATEMENTS_MAX + ".");
            }
            List<String> actions =
                    in.actions().stream().map(action -> "SQS:" + action).toList();
            policy.allow(in.label(), in.awsAccountIds(), actions, arn);
            return store(tx, queue, policy, call);
        });
    }

    private static void check(AddPermissionRequest in) {
        if (!LABEL.matcher(in.label()).matches()) {
            throw label(
                    in.label(), "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
        }
        given("AWSAccountIds", in.awsAccountIds());
        given("Actions", in.actions());
        for (String account : in.awsAccountIds()) {
            if (!ACCOUNT.matcher(account).matches()) {
                throw Faults.invalid(
                        "Value [" + account + "] for parameter PrincipalId is invalid. Reason: Unable to verify.");
            }
        }
        if (in.actions().size() > ACTIONS_MAX) {
            throw overLimit(in.actions().size() + " Actions were found, maximum allowed is " + ACTIONS_MAX + ".");
        }
        for (String action : in.actions()) {
            if (!ACTIONS.contains(action)) {
                throw Faults.invalid("Value SQS:" + action + " for parameter ActionName is invalid. Reason: Only the"
                        + " queue owner is allowed to invoke this action.");
            }
        }
    }

    private static void given(String parameter, List<String> values) {
        if (values.isEmpty()) {
            throw Faults.missing(parameter);
        }
    }

    private static ServiceException label(String label, String reason) {
        return Faults.invalid("Value " + label + " for parameter Label is invalid. Reason: " + reason);
    }

    private static ServiceException overLimit(String message) {
        return ServiceException.of("OverLimit", 403, message);
    }

    NoOutput remove(RemovePermissionRequest in, Call call) {
        String arn = Queue.arnOf(in.queueUrl(), call);
        return call.write(tx -> {
            Queue queue = Queue.get(tx, arn);
            LabelledStatements policy = policy(queue);
            if (!policy.remove(in.label())) {
                throw label(in.label(), "can't find label.");
            }
            return store(tx, queue, policy, call);
        });
    }

    /** A queue whose last statement went has no policy. */
    private static NoOutput store(Tx tx, Queue queue, LabelledStatements policy, Call call) {
        Map<String, String> attributes = new TreeMap<>(queue.attributes());
        if (policy.size() == 0) {
            attributes.remove("Policy");
        } else {
            attributes.put("Policy", policy.json());
        }
        queue.setAttributes(tx, attributes, call.now());
        return NoOutput.INSTANCE;
    }

    private static LabelledStatements policy(Queue queue) {
        String text = queue.attributes().get("Policy");
        return text == null
                ? LabelledStatements.of(
                        Json.object().put("Version", "2008-10-17").put("Id", queue.arn() + "/SQSDefaultPolicy"))
                : LabelledStatements.of(text);
    }
}
