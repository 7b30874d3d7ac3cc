package belfry.vault;

import belfry.api.Services;
import belfry.api.secretsmanager.DeleteSecretRequest;
import belfry.api.secretsmanager.DeleteSecretResponse;
import belfry.api.secretsmanager.DescribeSecretRequest;
import belfry.api.secretsmanager.DescribeSecretResponse;
import belfry.api.secretsmanager.RestoreSecretRequest;
import belfry.api.secretsmanager.RestoreSecretResponse;
import belfry.api.secretsmanager.SecretListEntry;
import belfry.api.secretsmanager.UpdateSecretVersionStageRequest;
import belfry.api.secretsmanager.UpdateSecretVersionStageResponse;
import belfry.base.Ids;
import belfry.base.Structs;
import belfry.gateway.Call;
import belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** DescribeSecret, DeleteSecret, RestoreSecret, UpdateSecretVersionStage (semantics: secretsmanager-kms.md A2, A3). */
final class SecretAdmin {
    private static final int WINDOW_MIN_DAYS = 7;
    private static final int WINDOW_MAX_DAYS = 30;

    private static final Structs STRUCTS = new Structs(Services.SECRETSMANAGER.model());

    private final Ids ids;

    SecretAdmin(Ids ids) {
        this.ids = ids;
    }

    static DescribeSecretResponse describe(Tx tx, DescribeSecretRequest in, Call call) {
        Secret secret = SecretIds.any(tx, Place.of(call), in.secretId());
        SecretListEntry entry = SecretLister.entry(tx, secret);
        return STRUCTS.copy(entry, new DescribeSecretResponse()).versionIdsToStages(entry.secretVersionsToStages());
    }

    DeleteSecretResponse delete(Tx tx, DeleteSecretRequest in, Call call) {
        boolean force = Boolean.TRUE.equals(in.forceDeleteWithoutRecovery());
        if (force && in.recoveryWindowInDays() != null) {
            throw SecretErrors.invalidParameter(
                    "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
        }
        long days = in.recoveryWindowInDays() == null ? WINDOW_MAX_DAYS : in.recoveryWindowInDays();
        if (days < WINDOW_MIN_DAYS || days > WINDOW_MAX_DAYS) {
            throw SecretErrors.invalidParameter(
                    "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
        }
        return force ? deleteNow(tx, in, call) : mark(tx, in, call, call.now().plus(Duration.ofDays(days)));
    }

    static RestoreSecretResponse restore(Tx tx, RestoreSecretRequest in, Call call) {
        Secret secret = SecretIds.any(tx, Place.of(call), in.secretId());
        SecretTable.mark(tx, secret, null, null, call.now());
        return new RestoreSecretResponse().arn(secret.arn()).name(secret.name());
    }

    static UpdateSecretVersionStageResponse moveStage(Tx tx, UpdateSecretVersionStageRequest in, Call call) {
        Secret secret = SecretIds.live(tx, Place.of(call), in.secretId());
        Optional<String> holder = Stages.holder(tx, secret, in.versionStage());
        requireVersion(tx, secret, in.removeFromVersionId());
        requireVersion(tx, secret, in.moveToVersionId());
        checkMove(in, holder);
        if (in.moveToVersionId() != null) {
            Stages.move(tx, secret, in.versionStage(), in.moveToVersionId());
        } else {
            Stages.remove(tx, secret, in.versionStage());
        }
        SecretTable.changed(tx, secret, call.now());
        return new UpdateSecretVersionStageResponse().arn(secret.arn()).name(secret.name());
    }

    /** Deleting at once what does not exist succeeds, so that a script may be run twice. */
    private DeleteSecretResponse deleteNow(Tx tx, DeleteSecretRequest in, Call call) {
        Place place = Place.of(call);
        Optional<Secret> secret = SecretIds.lookUp(tx, place, in.secretId());
        if (secret.isPresent()) {
            SecretTable.delete(tx, secret.get());
            SecretDeletions.add(tx, secret.get(), true, call.now());
            return deleted(secret.get().arn(), secret.get().name(), call.now());
        }
        String name = SecretIds.nameIn(in.secretId());
        String arn = in.secretId().startsWith("arn:")
                ? in.secretId()
                : Secret.arn(place, name, ids.alphanumeric(Secret.SUFFIX_LENGTH));
        return deleted(arn, name, call.now());
    }

    private static DeleteSecretResponse mark(Tx tx, DeleteSecretRequest in, Call call, Instant purgeAt) {
        Secret secret = SecretIds.live(tx, Place.of(call), in.secretId());
        SecretTable.mark(tx, secret, call.now(), purgeAt, call.now());
        tx.ring(SecretReaper.MARKED);
        return deleted(secret.arn(), secret.name(), purgeAt);
    }

    private static DeleteSecretResponse deleted(String arn, String name, Instant at) {
        return new DeleteSecretResponse().arn(arn).name(name).deletionDate(at);
    }

    private static void requireVersion(Tx tx, Secret secret, @Nullable String versionId) {
        if (versionId != null && VersionTable.find(tx, secret, versionId).isEmpty()) {
            throw SecretErrors.noVersion(versionId);
        }
    }

    /** A label that sits somewhere is moved only by whoever says where it sits; AWSCURRENT never just goes. */
    private static void checkMove(UpdateSecretVersionStageRequest in, Optional<String> holder) {
        String stage = in.versionStage();
        String from = in.removeFromVersionId();
        String to = in.moveToVersionId();
        if (from == null && to == null) {
            throw SecretErrors.invalidParameter(
                    "You must provide MoveToVersionId, RemoveFromVersionId, or both of them.");
        }
        if (from == null && holder.isPresent() && !holder.get().equals(to)) {
            throw SecretErrors.invalidParameter("The parameter RemoveFromVersionId can't be empty. Staging label "
                    + stage + " is currently attached to version " + holder.get()
                    + ", so you must explicitly reference that version in RemoveFromVersionId.");
        }
        if (from != null && !holder.equals(Optional.of(from))) {
            throw SecretErrors.invalidParameter(
                    "The staging label " + stage + " is not attached to version " + from + ".");
        }
        if (to == null && stage.equals(Stages.CURRENT)) {
            throw SecretErrors.invalidParameter("You can only move staging label " + Stages.CURRENT
                    + " to a different secret version. It can't be completely removed.");
        }
    }
}
