package belfry.vault;

import belfry.access.PolicyShape;
import belfry.access.policy.PolicyDocument;
import belfry.api.secretsmanager.DeleteResourcePolicyRequest;
import belfry.api.secretsmanager.DeleteResourcePolicyResponse;
import belfry.api.secretsmanager.GetResourcePolicyRequest;
import belfry.api.secretsmanager.GetResourcePolicyResponse;
import belfry.api.secretsmanager.PutResourcePolicyRequest;
import belfry.api.secretsmanager.PutResourcePolicyResponse;
import belfry.api.secretsmanager.ValidateResourcePolicyRequest;
import belfry.api.secretsmanager.ValidateResourcePolicyResponse;
import belfry.api.secretsmanager.ValidationErrorsEntry;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.util.List;

/** A secret's resource policy (semantics: secretsmanager-kms.md A5). */
final class SecretPolicies {
    private SecretPolicies() {}

    static GetResourcePolicyResponse get(Tx tx, GetResourcePolicyRequest in, Call call) {
        Secret secret = SecretIds.live(tx, Place.of(call), in.secretId());
        return new GetResourcePolicyResponse()
                .arn(secret.arn())
                .name(secret.name())
                .resourcePolicy(secret.policy());
    }

    static PutResourcePolicyResponse put(Tx tx, PutResourcePolicyRequest in, Call call) {
        Secret secret = SecretIds.live(tx, Place.of(call), in.secretId());
        PolicyDocument policy = parse(in.resourcePolicy());
        if (Boolean.TRUE.equals(in.blockPublicPolicy()) && PolicyShape.isPublic(policy)) {
            throw ServiceException.of(
                    "PublicPolicyException",
                    "You specified a policy that grants broad access to the secret, and BlockPublicPolicy is on.");
        }
        SecretTable.setPolicy(tx, secret, in.resourcePolicy());
        return new PutResourcePolicyResponse().arn(secret.arn()).name(secret.name());
    }

    static DeleteResourcePolicyResponse delete(Tx tx, DeleteResourcePolicyRequest in, Call call) {
        Secret secret = SecretIds.live(tx, Place.of(call), in.secretId());
        SecretTable.setPolicy(tx, secret, null);
        return new DeleteResourcePolicyResponse().arn(secret.arn()).name(secret.name());
    }

    static ValidateResourcePolicyResponse validate(Tx tx, ValidateResourcePolicyRequest in, Call call) {
        if (in.secretId() != null) {
            var unused = SecretIds.live(tx, Place.of(call), in.secretId());
        }
        if (!PolicyShape.isPublic(parse(in.resourcePolicy()))) {
            return new ValidateResourcePolicyResponse()
                    .policyValidationPassed(true)
                    .validationErrors(List.of());
        }
        ValidationErrorsEntry error = new ValidationErrorsEntry()
                .checkName("PublicPolicyCheck")
                .errorMessage("The policy grants broad access to the secret.");
        return new ValidateResourcePolicyResponse()
                .policyValidationPassed(false)
                .validationErrors(List.of(error));
    }

    private static PolicyDocument parse(String text) {
        try {
            return PolicyShape.RESOURCE.read(text);
        } catch (IllegalArgumentException e) {
            throw ServiceException.of("MalformedPolicyDocumentException", e.getMessage());
        }
    }
}
