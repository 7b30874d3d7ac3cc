package belfry.vault;

import belfry.api.secretsmanager.BatchGetSecretValueRequest;
import belfry.api.secretsmanager.BatchGetSecretValueResponse;
import belfry.api.secretsmanager.CreateSecretRequest;
import belfry.api.secretsmanager.CreateSecretResponse;
import belfry.api.secretsmanager.DeleteResourcePolicyRequest;
import belfry.api.secretsmanager.DeleteResourcePolicyResponse;
import belfry.api.secretsmanager.DeleteSecretRequest;
import belfry.api.secretsmanager.DeleteSecretResponse;
import belfry.api.secretsmanager.DescribeSecretRequest;
import belfry.api.secretsmanager.DescribeSecretResponse;
import belfry.api.secretsmanager.GetRandomPasswordRequest;
import belfry.api.secretsmanager.GetRandomPasswordResponse;
import belfry.api.secretsmanager.GetResourcePolicyRequest;
import belfry.api.secretsmanager.GetResourcePolicyResponse;
import belfry.api.secretsmanager.GetSecretValueRequest;
import belfry.api.secretsmanager.GetSecretValueResponse;
import belfry.api.secretsmanager.ListSecretVersionIdsRequest;
import belfry.api.secretsmanager.ListSecretVersionIdsResponse;
import belfry.api.secretsmanager.ListSecretsRequest;
import belfry.api.secretsmanager.ListSecretsResponse;
import belfry.api.secretsmanager.PutResourcePolicyRequest;
import belfry.api.secretsmanager.PutResourcePolicyResponse;
import belfry.api.secretsmanager.PutSecretValueRequest;
import belfry.api.secretsmanager.PutSecretValueResponse;
import belfry.api.secretsmanager.RestoreSecretRequest;
import belfry.api.secretsmanager.RestoreSecretResponse;
import belfry.api.secretsmanager.SecretsManagerApi;
import belfry.api.secretsmanager.TagResourceRequest;
import belfry.api.secretsmanager.UntagResourceRequest;
import belfry.api.secretsmanager.UpdateSecretRequest;
import belfry.api.secretsmanager.UpdateSecretResponse;
import belfry.api.secretsmanager.UpdateSecretVersionStageRequest;
import belfry.api.secretsmanager.UpdateSecretVersionStageResponse;
import belfry.api.secretsmanager.ValidateResourcePolicyRequest;
import belfry.api.secretsmanager.ValidateResourcePolicyResponse;
import belfry.base.Ids;
import belfry.gateway.Call;
import belfry.wire.NoOutput;

/**
 * Secrets Manager (semantics: secretsmanager-kms.md A). Each operation stands here in one line; the work is done by what it
 * names. What is missing: rotation and replication, which answer NotImplemented.
 */
public final class SecretsManager implements SecretsManagerApi<Call> {
    private final SecretReader reader;
    private final SecretWriter writer;
    private final SecretAdmin admin;
    private final RandomPassword passwords;

    /** @param ids needs a secure source of randomness */
    public SecretsManager(Keys keys, Ids ids) {
        SecretValues values = new SecretValues(keys, ids);
        this.reader = new SecretReader(values);
        this.writer = new SecretWriter(values, ids);
        this.admin = new SecretAdmin(ids);
        this.passwords = new RandomPassword(ids);
    }

    @Override
    public CreateSecretResponse createSecret(CreateSecretRequest in, Call call) {
        return call.write(tx -> writer.create(tx, in, call));
    }

    @Override
    public GetSecretValueResponse getSecretValue(GetSecretValueRequest in, Call call) {
        return reader.get(in, call);
    }

    @Override
    public BatchGetSecretValueResponse batchGetSecretValue(BatchGetSecretValueRequest in, Call call) {
        return reader.batch(in, call);
    }

    @Override
    public PutSecretValueResponse putSecretValue(PutSecretValueRequest in, Call call) {
        return call.write(tx -> writer.put(tx, in, call));
    }

    @Override
    public UpdateSecretResponse updateSecret(UpdateSecretRequest in, Call call) {
        return call.write(tx -> writer.update(tx, in, call));
    }

    @Override
    public UpdateSecretVersionStageResponse updateSecretVersionStage(UpdateSecretVersionStageRequest in, Call call) {
        return call.write(tx -> SecretAdmin.moveStage(tx, in, call));
    }

    @Override
    public DescribeSecretResponse describeSecret(DescribeSecretRequest in, Call call) {
        return call.read(tx -> SecretAdmin.describe(tx, in, call));
    }

    @Override
    public ListSecretsResponse listSecrets(ListSecretsRequest in, Call call) {
        return call.read(tx -> SecretLister.list(tx, in, call));
    }

    @Override
    public ListSecretVersionIdsResponse listSecretVersionIds(ListSecretVersionIdsRequest in, Call call) {
        return call.read(tx -> SecretLister.versions(tx, in, call));
    }

    @Override
    public DeleteSecretResponse deleteSecret(DeleteSecretRequest in, Call call) {
        return call.write(tx -> admin.delete(tx, in, call));
    }

    @Override
    public RestoreSecretResponse restoreSecret(RestoreSecretRequest in, Call call) {
        return call.write(tx -> SecretAdmin.restore(tx, in, call));
    }

    @Override
    public NoOutput tagResource(TagResourceRequest in, Call call) {
        return call.write(tx -> SecretTags.add(tx, in, call));
    }

    @Override
    public NoOutput untagResource(UntagResourceRequest in, Call call) {
        return call.write(tx -> SecretTags.remove(tx, in, call));
    }

    @Override
    public GetRandomPasswordResponse getRandomPassword(GetRandomPasswordRequest in, Call call) {
        return new GetRandomPasswordResponse().randomPassword(passwords.make(in));
    }

    @Override
    public GetResourcePolicyResponse getResourcePolicy(GetResourcePolicyRequest in, Call call) {
        return call.read(tx -> SecretPolicies.get(tx, in, call));
    }

    @Override
    public PutResourcePolicyResponse putResourcePolicy(PutResourcePolicyRequest in, Call call) {
        return call.write(tx -> SecretPolicies.put(tx, in, call));
    }

    @Override
    public DeleteResourcePolicyResponse deleteResourcePolicy(DeleteResourcePolicyRequest in, Call call) {
        return call.write(tx -> SecretPolicies.delete(tx, in, call));
    }

    @Override
    public ValidateResourcePolicyResponse validateResourcePolicy(ValidateResourcePolicyRequest in, Call call) {
        return call.read(tx -> SecretPolicies.validate(tx, in, call));
    }
}
