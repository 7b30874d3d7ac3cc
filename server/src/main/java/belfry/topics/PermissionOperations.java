package belfry.topics;

import belfry.access.policy.LabelledStatements;
import belfry.api.sns.AddPermissionInput;
import belfry.api.sns.RemovePermissionInput;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

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

    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

    NoOutput add(AddPermissionInput in, Call call) {
        String arn = Names.topicArn(in.topicArn(), call);
        checkGiven("AWSAccountId", in.awsAccountId());
        checkGiven("ActionName", in.actionName());
        for (String action : in.actionName()) {
            if (!ACTIONS.contains(action)) {
                throw Faults.invalid("Policy statement action out of service scope!");
            }
        }
        if (!in.awsAccountId().stream()
                .allMatch(account -> ACCOUNT.matcher(account).matches())) {
            throw Faults.invalid("Policy Error: PrincipalNotFound");
        }
        return call.write(tx -> {
            Topic topic = Topic.get(tx, arn);
            LabelledStatements policy = LabelledStatements.of(topic.policy());
            if (policy.has(in.label())) {
                throw Faults.invalid("Statement already exists");
            }
            List<String> actions =
                    in.actionName().stream().map(action -> "SNS:" + action).toList();
            policy.allow(in.label(), in.awsAccountId(), actions, arn);
            return store(tx, topic, policy);
        });
    }

    /** A statement about nobody or nothing would be one that the policy's language does not know. */
    private static void checkGiven(String parameter, List<String> values) {
        if (values.isEmpty()) {
            throw Faults.invalid(parameter + " Reason: no value for required parameter");
        }
    }

    NoOutput remove(RemovePermissionInput in, Call call) {
        String arn = Names.topicArn(in.topicArn(), call);
        return call.write(tx -> {
            Topic topic = Topic.get(tx, arn);
            LabelledStatements policy = LabelledStatements.of(topic.policy());
            policy.remove(in.label());
            return store(tx, topic, policy);
        });
    }

    private static NoOutput store(Tx tx, Topic topic, LabelledStatements policy) {
        Map<String, String> attributes = new TreeMap<>(topic.attributes());
        attributes.put("Policy", policy.json());
        topic.setAttributes(tx, attributes);
        return NoOutput.INSTANCE;
    }
}
