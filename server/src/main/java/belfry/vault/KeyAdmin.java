package belfry.vault;

import belfry.api.kms.CancelKeyDeletionResponse;
import belfry.api.kms.CreateKeyRequest;
import belfry.api.kms.CreateKeyResponse;
import belfry.api.kms.ScheduleKeyDeletionRequest;
import belfry.api.kms.ScheduleKeyDeletionResponse;
import belfry.api.kms.UpdateKeyDescriptionRequest;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes keys and changes their state (semantics: secretsmanager-kms.md B2). */
final class KeyAdmin {
    private static final int WINDOW_MIN_DAYS = 7;
    private static final int WINDOW_MAX_DAYS = 30;
    private static final String SYMMETRIC = "SYMMETRIC_DEFAULT";

    private final Keys keys;

    KeyAdmin(Keys keys) {
        this.keys = keys;
    }

    CreateKeyResponse create(Tx tx, CreateKeyRequest in, Call call) {
        requireSupported(in);
        Place place = Place.of(call);
        String policy = in.policy();
        if (policy == null) {
            policy = ManagedKeys.defaultPolicy(place);
        } else {
            KeyPolicies.check(policy, call, in.bypassPolicyLockoutSafetyCheck());
        }
        String description = in.description() == null ? "" : in.description();
        Key key = keys.create(tx, place, description, policy, KeyTags.initial(in.tags()), call.now());
        Named.touched(call, key);
        return new CreateKeyResponse().keyMetadata(KeyDescriptions.metadata(tx, key));
    }

    NoOutput enable(Tx tx, String keyId, Call call) {
        Key key = alive(tx, keyId, "EnableKey", call);
        KeyTable.setState(tx, key, KeyState.ENABLED, null);
        tx.ring(Keys.DATED);
        return NoOutput.INSTANCE;
    }

    NoOutput disable(Tx tx, String keyId, Call call) {
        KeyTable.setState(tx, alive(tx, keyId, "DisableKey", call), KeyState.DISABLED, null);
        return NoOutput.INSTANCE;
    }

    ScheduleKeyDeletionResponse scheduleDeletion(Tx tx, ScheduleKeyDeletionRequest in, Call call) {
        int days = in.pendingWindowInDays() == null ? WINDOW_MAX_DAYS : in.pendingWindowInDays();
        if (days < WINDOW_MIN_DAYS || days > WINDOW_MAX_DAYS) {
            throw KmsErrors.validation(
                    "PendingWindowInDays must be between " + WINDOW_MIN_DAYS + " and " + WINDOW_MAX_DAYS + ".");
        }
        Key key = alive(tx, in.keyId(), "ScheduleKeyDeletion", call);
        Instant at = call.now().plus(Duration.ofDays(days));
        KeyTable.setState(tx, key, KeyState.PENDING_DELETION, at);
        tx.ring(Keys.DATED);
        return new ScheduleKeyDeletionResponse()
                .keyId(key.arn())
                .deletionDate(at)
                .keyState(KeyState.PENDING_DELETION.word())
                .pendingWindowInDays(days);
    }

    CancelKeyDeletionResponse cancelDeletion(Tx tx, String keyId, Call call) {
        Key key = Named.ownKey(tx, call, keyId, "CancelKeyDeletion");
        if (key.state() != KeyState.PENDING_DELETION) {
            throw KmsErrors.notPendingDeletion(key);
        }
        KeyTable.setState(tx, key, KeyState.DISABLED, null);
        return new CancelKeyDeletionResponse().keyId(key.arn());
    }

    NoOutput describeAs(Tx tx, UpdateKeyDescriptionRequest in, Call call) {
        KeyTable.setDescription(tx, alive(tx, in.keyId(), "UpdateKeyDescription", call), in.description());
        return NoOutput.INSTANCE;
    }

    /** The caller's own key, not pending deletion. */
    private static Key alive(Tx tx, String keyId, String action, Call call) {
        Key key = Named.ownKey(tx, call, keyId, action);
        if (key.state() == KeyState.PENDING_DELETION) {
            throw KmsErrors.pendingDeletion(key);
        }
        return key;
    }

    private static void requireSupported(CreateKeyRequest in) {
        requireSymmetric(in.keySpec());
        requireSymmetric(in.customerMasterKeySpec());
        if (in.keyUsage() != null && !in.keyUsage().equals("ENCRYPT_DECRYPT")) {
            throw KmsErrors.validation("The operation failed because the KeyUsage value of the KMS key is "
                    + in.keyUsage() + ", which is not compatible with key spec " + SYMMETRIC + ".");
        }
        if (in.origin() != null && !in.origin().equals("AWS_KMS")) {
            throw KmsErrors.unsupported(
                    "Belfry makes key material itself: Origin " + in.origin() + " is not supported.");
        }
        if (Boolean.TRUE.equals(in.multiRegion())) {
            throw KmsErrors.unsupported("Belfry has no multi-Region keys.");
        }
        if (in.customKeyStoreId() != null || in.xksKeyId() != null) {
            throw KmsErrors.unsupported("Belfry has no custom key stores.");
        }
    }

    private static void requireSymmetric(@Nullable String spec) {
        if (spec != null && !spec.equals(SYMMETRIC)) {
            throw KmsErrors.unsupported(
                    "Belfry's KMS makes symmetric encryption keys (" + SYMMETRIC + ") only, not " + spec + ".");
        }
    }
}
