package belfry.vault;

import belfry.access.PolicyShape;
import belfry.access.authorize.Callers;
import belfry.access.policy.Decision;
import belfry.access.policy.PolicyDocument;
import belfry.access.policy.PolicyRequest;
import belfry.api.kms.GetKeyPolicyRequest;
import belfry.api.kms.GetKeyPolicyResponse;
import belfry.api.kms.ListKeyPoliciesRequest;
import belfry.api.kms.ListKeyPoliciesResponse;
import belfry.api.kms.PutKeyPolicyRequest;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import belfry.wire.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one policy, {@code default}, that every key has (semantics: secretsmanager-kms.md B4). */
final class KeyPolicies {
    private static final String ONLY = "default";
    private static final int MAX_BYTES = 32 * 1024;

    private KeyPolicies() {}

    static GetKeyPolicyResponse get(Tx tx, GetKeyPolicyRequest in, Call call) {
        Key key = Named.key(tx, call, in.keyId());
        requireDefault(in.policyName());
        return new GetKeyPolicyResponse().policy(key.policy()).policyName(ONLY);
    }

    static NoOutput put(Tx tx, PutKeyPolicyRequest in, Call call) {
        Key key = Named.ownKey(tx, call, in.keyId(), "PutKeyPolicy");
        requireDefault(in.policyName());
        check(in.policy(), call, in.bypassPolicyLockoutSafetyCheck());
        KeyTable.setPolicy(tx, key, in.policy());
        return NoOutput.INSTANCE;
    }

    static ListKeyPoliciesResponse list(Tx tx, ListKeyPoliciesRequest in, Call call) {
        var unused = Named.key(tx, call, in.keyId());
        return new ListKeyPoliciesResponse().policyNames(List.of(ONLY)).truncated(false);
    }

    /** Well formed, not too long, and such that the caller can still change it. */
    static void check(String policy, Call call, @Nullable Boolean bypassLockout) {
        if (policy.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw ServiceException.of(
                    "LimitExceededException", "The key policy exceeds the limit of " + MAX_BYTES + " bytes.");
        }
        PolicyDocument document;
        try {
            document = PolicyShape.RESOURCE.read(policy);
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
        if (!Boolean.TRUE.equals(bypassLockout) && document.evaluate(nextPut(call)) != Decision.ALLOW) {
            throw malformed("The new key policy will not allow you to update the key policy in the future.");
        }
    }

    /** The request that the caller could no longer make if the policy locked it out. */
    private static PolicyRequest nextPut(Call call) {
        return PolicyRequest.of(
                Callers.named(call.principal()),
                "kms:PutKeyPolicy",
                call.arn("kms", "key/*").toString(),
                Map.of("kms:CallerAccount", call.account()));
    }

    private static ServiceException malformed(String message) {
        return ServiceException.of("MalformedPolicyDocumentException", message);
    }

    private static void requireDefault(@Nullable String name) {
        if (name != null && !name.equals(ONLY)) {
            throw ServiceException.of("NotFoundException", "No such policy exists");
        }
    }
}
