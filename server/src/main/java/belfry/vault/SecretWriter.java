package belfry.vault;

import belfry.api.secretsmanager.CreateSecretRequest;
import belfry.api.secretsmanager.CreateSecretResponse;
import belfry.api.secretsmanager.PutSecretValueRequest;
import belfry.api.secretsmanager.PutSecretValueResponse;
import belfry.api.secretsmanager.UpdateSecretRequest;
import belfry.api.secretsmanager.UpdateSecretResponse;
import belfry.base.Ids;
import belfry.gateway.Call;
import belfry.store.Tx;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** CreateSecret, PutSecretValue, UpdateSecret (semantics: secretsmanager-kms.md A2, A6). */
final class SecretWriter {
    private static final int VERSIONS_KEPT = 100;
    private static final Duration KEPT_AT_LEAST = Duration.ofHours(24);

    private final SecretValues values;
    private final Ids ids;

    SecretWriter(SecretValues values, Ids ids) {
        this.values = values;
        this.ids = ids;
    }

    CreateSecretResponse create(Tx tx, CreateSecretRequest in, Call call) {
        SecretIds.checkName(in.name());
        requireSupported(in);
        Content content = Content.given(in.secretString(), in.secretBinary());
        String token = content == null ? null : token(in.clientRequestToken());
        Optional<Secret> same = SecretTable.find(tx, Place.of(call), in.name());
        if (same.isPresent()) {
            return createdBefore(tx, call, same.get(), token, content);
        }
        Secret secret = insert(tx, in, call);
        if (content == null || token == null) {
            if (secret.kmsKey() != null) {
                values.validateKey(tx, call, secret);
            }
            return new CreateSecretResponse().arn(secret.arn()).name(secret.name());
        }
        VersionTable.insert(tx, secret, values.seal(tx, call, secret, token, content, call.now()));
        Stages.move(tx, secret, Stages.CURRENT, token);
        return new CreateSecretResponse().arn(secret.arn()).name(secret.name()).versionId(token);
    }

    PutSecretValueResponse put(Tx tx, PutSecretValueRequest in, Call call) {
        Secret secret = SecretIds.live(tx, Place.of(call), in.secretId());
        Content content = Content.given(in.secretString(), in.secretBinary());
        if (content == null) {
            throw SecretErrors.invalidRequest("You must provide either SecretString or SecretBinary.");
        }
        if (in.rotationToken() != null) {
            throw SecretErrors.invalidParameter("Belfry does not rotate secrets: leave out RotationToken.");
        }
        String token = token(in.clientRequestToken());
        Set<String> stages = in.versionStages() == null
                ? new LinkedHashSet<>(Set.of(Stages.CURRENT))
                : new LinkedHashSet<>(in.versionStages());
        addVersion(tx, call, secret, token, content, stages);
        List<String> now = Stages.of(tx, secret, token);
        return new PutSecretValueResponse()
                .arn(secret.arn())
                .name(secret.name())
                .versionId(token)
                .versionStages(now);
    }

    UpdateSecretResponse update(Tx tx, UpdateSecretRequest in, Call call) {
        Secret before = SecretIds.live(tx, Place.of(call), in.secretId());
        if (in.type() != null) {
            throw managedExternal();
        }
        Content content = Content.given(in.secretString(), in.secretBinary());
        String description = in.description() == null ? before.description() : in.description();
        String kmsKey = in.kmsKeyId() == null ? before.kmsKey() : in.kmsKeyId().isEmpty() ? null : in.kmsKeyId();
        SecretTable.describe(tx, before, description, kmsKey, call.now());
        Secret secret = SecretIds.any(tx, Place.of(call), in.secretId());
        if (!Objects.equals(before.kmsKey(), kmsKey)) {
            values.validateKey(tx, call, secret);
            reseal(tx, call, secret);
        }
        UpdateSecretResponse answer =
                new UpdateSecretResponse().arn(secret.arn()).name(secret.name());
        if (content == null) {
            return answer;
        }
        String token = token(in.clientRequestToken());
        addVersion(tx, call, secret, token, content, Set.of(Stages.CURRENT));
        return answer.versionId(token);
    }

    /** The same token with the same value is the same request once more; with another value it is a mistake. */
    private CreateSecretResponse createdBefore(
            Tx tx, Call call, Secret secret, @Nullable String token, @Nullable Content content) {
        if (secret.marked()) {
            throw SecretErrors.nameScheduledForDeletion();
        }
        Optional<Version> version = token == null ? Optional.empty() : VersionTable.find(tx, secret, token);
        if (version.isEmpty() || content == null) {
            throw SecretErrors.exists(secret.name());
        }
        if (!values.openReported(tx, call, secret, version.get()).same(content)) {
            throw SecretErrors.exists(secret.name());
        }
        return new CreateSecretResponse()
                .arn(secret.arn())
                .name(secret.name())
                .versionId(version.get().versionId());
    }

    private Secret insert(Tx tx, CreateSecretRequest in, Call call) {
        String kmsKey = in.kmsKeyId() == null || in.kmsKeyId().isEmpty() ? null : in.kmsKeyId();
        Secret secret = new Secret(
                Place.of(call),
                in.name(),
                ids.alphanumeric(Secret.SUFFIX_LENGTH),
                in.description(),
                kmsKey,
                SecretTags.initial(in.tags()),
                null,
                call.now(),
                call.now(),
                null,
                null,
                null);
        SecretTable.insert(tx, secret);
        return secret;
    }

    private void addVersion(Tx tx, Call call, Secret secret, String token, Content content, Set<String> stages) {
        Optional<Version> same = VersionTable.find(tx, secret, token);
        if (same.isPresent()) {
            if (!values.openReported(tx, call, secret, same.get()).same(content)) {
                throw SecretErrors.tokenInUse(token, secret.arn());
            }
            return;
        }
        VersionTable.insert(tx, secret, values.seal(tx, call, secret, token, content, call.now()));
        if (Stages.holder(tx, secret, Stages.CURRENT).isEmpty()) {
            Stages.move(tx, secret, Stages.CURRENT, token);
        }
        stages.forEach(stage -> Stages.move(tx, secret, stage, token));
        SecretTable.changed(tx, secret, call.now());
        VersionTable.prune(tx, secret, VERSIONS_KEPT, call.now().minus(KEPT_AT_LEAST));
    }

    /** A new key takes over the versions that carry one of AWS's labels; others stay with the key that sealed them. */
    private void reseal(Tx tx, Call call, Secret secret) {
        Set<String> versions = new LinkedHashSet<>();
        for (String stage : List.of(Stages.CURRENT, Stages.PREVIOUS, Stages.PENDING)) {
            Stages.holder(tx, secret, stage).ifPresent(versions::add);
        }
        for (String versionId : versions) {
            Version old = VersionTable.find(tx, secret, versionId).orElseThrow();
            Content content = values.openReported(tx, call, secret, old);
            VersionTable.reseal(tx, secret, values.seal(tx, call, secret, versionId, content, old.createdAt()));
        }
    }

    private static String token(@Nullable String token) {
        if (token == null) {
            throw SecretErrors.invalidRequest(
                    "You must provide a ClientRequestToken value. We recommend a UUID-type value.");
        }
        return token;
    }

    private static void requireSupported(CreateSecretRequest in) {
        if (in.addReplicaRegions() != null && !in.addReplicaRegions().isEmpty()) {
            throw SecretErrors.invalidParameter(
                    "Belfry does not replicate secrets to other Regions: leave out AddReplicaRegions.");
        }
        if (in.type() != null) {
            throw managedExternal();
        }
    }

    private static RuntimeException managedExternal() {
        return SecretErrors.invalidParameter("Belfry has no managed external secrets: leave out Type.");
    }
}
