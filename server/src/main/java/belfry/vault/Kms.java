package belfry.vault;

import belfry.api.kms.CancelKeyDeletionRequest;
import belfry.api.kms.CancelKeyDeletionResponse;
import belfry.api.kms.CreateAliasRequest;
import belfry.api.kms.CreateKeyRequest;
import belfry.api.kms.CreateKeyResponse;
import belfry.api.kms.DecryptRequest;
import belfry.api.kms.DecryptResponse;
import belfry.api.kms.DeleteAliasRequest;
import belfry.api.kms.DescribeKeyRequest;
import belfry.api.kms.DescribeKeyResponse;
import belfry.api.kms.DisableKeyRequest;
import belfry.api.kms.DisableKeyRotationRequest;
import belfry.api.kms.EnableKeyRequest;
import belfry.api.kms.EnableKeyRotationRequest;
import belfry.api.kms.EncryptRequest;
import belfry.api.kms.EncryptResponse;
import belfry.api.kms.GenerateDataKeyRequest;
import belfry.api.kms.GenerateDataKeyResponse;
import belfry.api.kms.GenerateDataKeyWithoutPlaintextRequest;
import belfry.api.kms.GenerateDataKeyWithoutPlaintextResponse;
import belfry.api.kms.GenerateRandomRequest;
import belfry.api.kms.GenerateRandomResponse;
import belfry.api.kms.GetKeyPolicyRequest;
import belfry.api.kms.GetKeyPolicyResponse;
import belfry.api.kms.GetKeyRotationStatusRequest;
import belfry.api.kms.GetKeyRotationStatusResponse;
import belfry.api.kms.KmsApi;
import belfry.api.kms.ListAliasesRequest;
import belfry.api.kms.ListAliasesResponse;
import belfry.api.kms.ListKeyPoliciesRequest;
import belfry.api.kms.ListKeyPoliciesResponse;
import belfry.api.kms.ListKeyRotationsRequest;
import belfry.api.kms.ListKeyRotationsResponse;
import belfry.api.kms.ListKeysRequest;
import belfry.api.kms.ListKeysResponse;
import belfry.api.kms.ListResourceTagsRequest;
import belfry.api.kms.ListResourceTagsResponse;
import belfry.api.kms.PutKeyPolicyRequest;
import belfry.api.kms.ReEncryptRequest;
import belfry.api.kms.ReEncryptResponse;
import belfry.api.kms.RotateKeyOnDemandRequest;
import belfry.api.kms.RotateKeyOnDemandResponse;
import belfry.api.kms.ScheduleKeyDeletionRequest;
import belfry.api.kms.ScheduleKeyDeletionResponse;
import belfry.api.kms.TagResourceRequest;
import belfry.api.kms.UntagResourceRequest;
import belfry.api.kms.UpdateAliasRequest;
import belfry.api.kms.UpdateKeyDescriptionRequest;
import belfry.base.Ids;
import belfry.gateway.Call;
import belfry.wire.NoOutput;

/**
 * KMS with symmetric keys (semantics: secretsmanager-kms.md B). Each operation stands here in one line; the work is done
 * by what it names. Every operation on a key names it for the audit record.
 */
public final class Kms implements KmsApi<Call> {
    private final KeyCrypto crypto;
    private final KeyAdmin admin;
    private final KeyDescriptions descriptions;
    private final KeyRotation rotation;

    /** @param ids needs a secure source of randomness */
    public Kms(Keys keys, Ids ids) {
        this.crypto = new KeyCrypto(keys, ids);
        this.admin = new KeyAdmin(keys);
        this.descriptions = new KeyDescriptions(keys);
        this.rotation = new KeyRotation(keys);
    }

    @Override
    public CreateKeyResponse createKey(CreateKeyRequest in, Call call) {
        return call.write(tx -> admin.create(tx, in, call));
    }

    @Override
    public DescribeKeyResponse describeKey(DescribeKeyRequest in, Call call) {
        return descriptions.describe(in, call);
    }

    @Override
    public ListKeysResponse listKeys(ListKeysRequest in, Call call) {
        return call.read(tx -> KeyDescriptions.list(tx, in, call));
    }

    @Override
    public EncryptResponse encrypt(EncryptRequest in, Call call) {
        return call.read(tx -> crypto.encrypt(tx, in, call));
    }

    @Override
    public DecryptResponse decrypt(DecryptRequest in, Call call) {
        return call.read(tx -> crypto.decrypt(tx, in, call));
    }

    @Override
    public ReEncryptResponse reEncrypt(ReEncryptRequest in, Call call) {
        return call.read(tx -> crypto.reEncrypt(tx, in, call));
    }

    @Override
    public GenerateDataKeyResponse generateDataKey(GenerateDataKeyRequest in, Call call) {
        return call.read(tx -> crypto.generateDataKey(tx, in, call));
    }

    @Override
    public GenerateDataKeyWithoutPlaintextResponse generateDataKeyWithoutPlaintext(
            GenerateDataKeyWithoutPlaintextRequest in, Call call) {
        return call.read(tx -> crypto.generateDataKeyWithoutPlaintext(tx, in, call));
    }

    @Override
    public GenerateRandomResponse generateRandom(GenerateRandomRequest in, Call call) {
        return crypto.generateRandom(in);
    }

    @Override
    public NoOutput createAlias(CreateAliasRequest in, Call call) {
        return call.write(tx -> Aliases.create(tx, in, call));
    }

    @Override
    public NoOutput updateAlias(UpdateAliasRequest in, Call call) {
        return call.write(tx -> Aliases.update(tx, in, call));
    }

    @Override
    public NoOutput deleteAlias(DeleteAliasRequest in, Call call) {
        return call.write(tx -> Aliases.delete(tx, in, call));
    }

    @Override
    public ListAliasesResponse listAliases(ListAliasesRequest in, Call call) {
        return call.read(tx -> Aliases.list(tx, in, call));
    }

    @Override
    public NoOutput enableKey(EnableKeyRequest in, Call call) {
        return call.write(tx -> admin.enable(tx, in.keyId(), call));
    }

    @Override
    public NoOutput disableKey(DisableKeyRequest in, Call call) {
        return call.write(tx -> admin.disable(tx, in.keyId(), call));
    }

    @Override
    public ScheduleKeyDeletionResponse scheduleKeyDeletion(ScheduleKeyDeletionRequest in, Call call) {
        return call.write(tx -> admin.scheduleDeletion(tx, in, call));
    }

    @Override
    public CancelKeyDeletionResponse cancelKeyDeletion(CancelKeyDeletionRequest in, Call call) {
        return call.write(tx -> admin.cancelDeletion(tx, in.keyId(), call));
    }

    @Override
    public NoOutput updateKeyDescription(UpdateKeyDescriptionRequest in, Call call) {
        return call.write(tx -> admin.describeAs(tx, in, call));
    }

    @Override
    public GetKeyPolicyResponse getKeyPolicy(GetKeyPolicyRequest in, Call call) {
        return call.read(tx -> KeyPolicies.get(tx, in, call));
    }

    @Override
    public NoOutput putKeyPolicy(PutKeyPolicyRequest in, Call call) {
        return call.write(tx -> KeyPolicies.put(tx, in, call));
    }

    @Override
    public ListKeyPoliciesResponse listKeyPolicies(ListKeyPoliciesRequest in, Call call) {
        return call.read(tx -> KeyPolicies.list(tx, in, call));
    }

    @Override
    public NoOutput tagResource(TagResourceRequest in, Call call) {
        return call.write(tx -> KeyTags.add(tx, in, call));
    }

    @Override
    public NoOutput untagResource(UntagResourceRequest in, Call call) {
        return call.write(tx -> KeyTags.remove(tx, in, call));
    }

    @Override
    public ListResourceTagsResponse listResourceTags(ListResourceTagsRequest in, Call call) {
        return call.read(tx -> KeyTags.list(tx, in, call));
    }

    @Override
    public NoOutput enableKeyRotation(EnableKeyRotationRequest in, Call call) {
        return call.write(tx -> rotation.enable(tx, in, call));
    }

    @Override
    public NoOutput disableKeyRotation(DisableKeyRotationRequest in, Call call) {
        return call.write(tx -> rotation.disable(tx, in.keyId(), call));
    }

    @Override
    public GetKeyRotationStatusResponse getKeyRotationStatus(GetKeyRotationStatusRequest in, Call call) {
        return call.read(tx -> rotation.status(tx, in.keyId(), call));
    }

    @Override
    public RotateKeyOnDemandResponse rotateKeyOnDemand(RotateKeyOnDemandRequest in, Call call) {
        return call.write(tx -> rotation.now(tx, in.keyId(), call));
    }

    @Override
    public ListKeyRotationsResponse listKeyRotations(ListKeyRotationsRequest in, Call call) {
        return call.read(tx -> rotation.list(tx, in, call));
    }
}
