package belfry.access;

import belfry.api.iam.GetAccountSummaryResponse;
import belfry.api.iam.GetContextKeysForCustomPolicyRequest;
import belfry.api.iam.GetContextKeysForPolicyResponse;
import belfry.api.iam.GetContextKeysForPrincipalPolicyRequest;
import belfry.api.iam.SimulateCustomPolicyRequest;
import belfry.api.iam.SimulatePolicyResponse;
import belfry.api.iam.SimulatePrincipalPolicyRequest;
import belfry.gateway.Call;

/** Questions about policies and about the account as a whole. */
interface AccountOperations extends IamPart {
    Simulation simulation();

    @Override
    default SimulatePolicyResponse simulatePrincipalPolicy(SimulatePrincipalPolicyRequest in, Call call) {
        return call.read(tx -> simulation().ofPrincipal(tx, in, call));
    }

    @Override
    default SimulatePolicyResponse simulateCustomPolicy(SimulateCustomPolicyRequest in, Call call) {
        return simulation().ofPolicies(in, call);
    }

    @Override
    default GetContextKeysForPolicyResponse getContextKeysForPrincipalPolicy(
            GetContextKeysForPrincipalPolicyRequest in, Call call) {
        return call.read(tx -> ContextKeys.ofPrincipal(tx, in, call));
    }

    @Override
    default GetContextKeysForPolicyResponse getContextKeysForCustomPolicy(
            GetContextKeysForCustomPolicyRequest in, Call call) {
        return ContextKeys.ofPolicies(in.policyInputList());
    }

    @Override
    default GetAccountSummaryResponse getAccountSummary(Call call) {
        return call.read(tx -> AccountSummary.of(tx, call.account()));
    }
}
