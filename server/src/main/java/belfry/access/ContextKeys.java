package belfry.access;

import belfry.access.policy.PolicyDocument;
import belfry.api.iam.GetContextKeysForPolicyResponse;
import belfry.api.iam.GetContextKeysForPrincipalPolicyRequest;
import belfry.gateway.Call;
import belfry.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The condition keys that policies look at, so that one knows what a simulation has to be told. */
final class ContextKeys {
    private ContextKeys() {}

    static GetContextKeysForPolicyResponse ofPrincipal(Tx tx, GetContextKeysForPrincipalPolicyRequest in, Call call) {
        List<String> texts =
                new ArrayList<>(CallerReader.documents(tx, Simulation.entity(tx, in.policySourceArn(), call)));
        if (in.policyInputList() != null) {
            texts.addAll(in.policyInputList());
        }
        return ofPolicies(texts);
    }

    static GetContextKeysForPolicyResponse ofPolicies(List<String> texts) {
        Set<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        texts.forEach(text -> keys.addAll(in(Simulation.parse(text))));
        return new GetContextKeysForPolicyResponse().contextKeyNames(List.copyOf(keys));
    }

    static List<String> in(PolicyDocument policy) {
        return policy.statements().stream()
                .flatMap(statement -> statement.conditionKeys().stream())
                .toList();
    }
}
