package belfry.vault;

import belfry.access.policy.Decision;
import belfry.access.policy.PolicyDocument;
import belfry.access.policy.PolicyPrincipal;
import belfry.access.policy.PolicyRequest;
import belfry.base.Arn;
import belfry.base.Bell;
import belfry.base.Ids;
import belfry.gateway.Permission;
import belfry.seal.BrokenSealException;
import belfry.seal.RootKey;
import belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * KMS for the inside: what Secrets Manager, SSE-KMS buckets and encrypted topics call. Works in the caller's transaction;
 * reporting the call for the audit trail ({@code Call.onBehalf}) is the calling stage's business, which knows on whose
 * behalf it encrypts.
 *
 * <p>Errors are KMS's own (semantics: secretsmanager-kms.md B2, B3): {@code NotFoundException}, {@code DisabledException},
 * {@code KMSInvalidStateException}, {@code InvalidCiphertextException}.
 */
public final class Keys {
    /** Rung when a key's deletion or rotation date was set. */
    static final Bell DATED = new Bell("vault.keys.dated");

    private static final int MANAGED_ROTATION_DAYS = 365;

    private final Materials materials;
    private final Ids ids;

    /** @param ids needs a secure source of randomness */
    public Keys(RootKey root, Ids ids) {
        this.materials = new Materials(root, ids);
        this.ids = ids;
    }

    /**
     * A fresh data key under the KMS key that {@code keyId} names: id, ARN or alias. A service's default key
     * ({@code alias/aws/s3}) is made where the account has none yet, so this needs a writing transaction.
     *
     * @param bytes 1 to 1,024
     * @param context the encryption context, needed again to decrypt
     */
    public DataKey generateDataKey(
            Tx tx, Place place, String keyId, int bytes, Map<String, String> context, Instant now) {
        return dataKey(tx, resolve(tx, place, keyId, now), bytes, context);
    }

    /** Opens a ciphertext of any key of this place. */
    public Opened decrypt(Tx tx, Place place, byte[] ciphertext, @Nullable Map<String, String> context) {
        CiphertextBlob blob = CiphertextBlob.decode(ciphertext).orElseThrow(KmsErrors::invalidCiphertext);
        return open(tx, sealer(tx, place, blob), blob, context);
    }

    /** What a caller needs so that a service may use the key for it; empty where there is no such key. */
    public static Optional<Permission> permission(
            Tx tx, Place place, String keyArn, String service, String operation, Map<String, String> context) {
        return Arn.parse(keyArn)
                .filter(arn -> place.holds(arn) && arn.resource().startsWith("key/"))
                .flatMap(arn -> KeyTable.find(tx, place, arn.resource().substring("key/".length())))
                .map(key -> GuardedVault.through(service, key, operation, context));
    }

    /** The ARN of the key that {@code keyId} names; a service's default key is made where there is none yet. */
    public String arn(Tx tx, Place place, String keyId, Instant now) {
        return resolve(tx, place, keyId, now).arn();
    }

    /**
     * Whether the key's policy lets an AWS service use it: services have no identity policies, so it alone decides
     * (semantics: secretsmanager-kms.md B4).
     *
     * @param service the service principal, such as {@code logs.us-east-1.amazonaws.com}
     * @param action for example {@code Decrypt}
     * @param source the resource that the service works for: {@code aws:SourceArn}
     * @param context the encryption context
     */
    public boolean lets(
            Tx tx,
            Place place,
            String keyArn,
            String service,
            String action,
            String source,
            Map<String, String> context) {
        return lets(tx, place, keyArn, service, action, source, context, Map.of());
    }

    /**
     * The same where the service acts through another one.
     *
     * @param through the service that asks KMS, such as {@code sns}: {@code kms:ViaService}
     */
    public boolean letsThrough(
            Tx tx,
            Place place,
            String through,
            String keyArn,
            String service,
            String action,
            String source,
            Map<String, String> context) {
        Map<String, String> via = Map.of("kms:ViaService", through + "." + place.region() + ".amazonaws.com");
        return lets(tx, place, keyArn, service, action, source, context, via);
    }

    private static boolean lets(
            Tx tx,
            Place place,
            String keyArn,
            String service,
            String action,
            String source,
            Map<String, String> context,
            Map<String, String> more) {
        Optional<Key> key = Arn.parse(keyArn)
                .map(arn -> arn.resource().substring(arn.resource().indexOf('/') + 1))
                .flatMap(keyId -> KeyTable.find(tx, place, keyId));
        Map<String, String> conditions = new TreeMap<>(more);
        context.forEach((name, value) -> conditions.put("kms:EncryptionContext:" + name, value));
        conditions.put("aws:SourceArn", source);
        conditions.put("aws:SourceAccount", place.account());
        PolicyRequest asked =
                PolicyRequest.of(new PolicyPrincipal.Service(service), "kms:" + action, keyArn, conditions);
        return key.isPresent() && PolicyDocument.parse(key.get().policy()).evaluate(asked) == Decision.ALLOW;
    }

    /**
     * The ARN of a key that can be used now.
     *
     * @throws belfry.wire.ServiceException NotFoundException, DisabledException, KMSInvalidStateException
     */
    public String usable(Tx tx, Place place, String keyId) {
        Key key = KeyIds.keyOrAlias(tx, place, keyId);
        requireUsable(key);
        return key.arn();
    }

    DataKey dataKey(Tx tx, Key key, int bytes, @Nullable Map<String, String> context) {
        requireUsable(key);
        Materials.Material material = Materials.current(tx, key);
        byte[] plaintext = ids.bytes(bytes);
        byte[] sealed = materials.seal(key, material, plaintext, EncryptionContext.bytes(context));
        return new DataKey(plaintext, sealed, key.arn(), material.materialId());
    }

    byte[] encrypt(Tx tx, Key key, byte[] plaintext, @Nullable Map<String, String> context) {
        requireUsable(key);
        return materials.seal(key, Materials.current(tx, key), plaintext, EncryptionContext.bytes(context));
    }

    /** The key that sealed the blob. */
    static Key sealer(Tx tx, Place place, CiphertextBlob blob) {
        return KeyTable.find(tx, place, blob.keyId()).orElseThrow(KmsErrors::unknownCiphertextKey);
    }

    Opened open(Tx tx, Key key, CiphertextBlob blob, @Nullable Map<String, String> context) {
        requireUsable(key);
        Materials.Material material =
                Materials.find(tx, key, blob.material()).orElseThrow(KmsErrors::invalidCiphertext);
        try {
            byte[] plaintext = materials.open(key, material, blob, EncryptionContext.bytes(context));
            return new Opened(plaintext, key.arn(), material.materialId());
        } catch (BrokenSealException e) {
            throw KmsErrors.invalidCiphertext();
        }
    }

    /** Makes a customer's key. */
    Key create(Tx tx, Place place, String description, String policy, String tags, Instant now) {
        return insert(
                tx,
                new Key(
                        place,
                        ids.uuid(),
                        false,
                        description,
                        KeyState.ENABLED,
                        policy,
                        tags,
                        now,
                        null,
                        null,
                        null,
                        1));
    }

    /** The key, made first where {@code keyId} is a service's default alias that the account has not used yet. */
    Key resolve(Tx tx, Place place, String keyId, Instant now) {
        Optional<String> alias = KeyIds.aliasName(place, keyId);
        Optional<String> description = alias.flatMap(ManagedKeys::description);
        if (alias.isPresent()
                && description.isPresent()
                && AliasTable.find(tx, place, alias.get()).isEmpty()) {
            return createManaged(tx, place, alias.get(), description.get(), now);
        }
        return KeyIds.keyOrAlias(tx, place, keyId);
    }

    /** Whether {@link #resolve} would have to make the key. */
    static boolean awaitsCreation(Tx tx, Place place, String keyId) {
        return KeyIds.aliasName(place, keyId)
                .filter(alias -> ManagedKeys.description(alias).isPresent())
                .filter(alias -> AliasTable.find(tx, place, alias).isEmpty())
                .isPresent();
    }

    /** New material for the key; what the old ones sealed stays readable. */
    void rotate(Tx tx, Key key, Materials.Origin origin, Instant now) {
        int next = key.material() + 1;
        materials.add(tx, key, next, origin, now);
        KeyTable.setMaterial(tx, key, next);
    }

    static void requireUsable(Key key) {
        switch (key.state()) {
            case ENABLED -> {}
            case DISABLED -> throw KmsErrors.disabled(key);
            case PENDING_DELETION -> throw KmsErrors.pendingDeletion(key);
        }
    }

    private Key createManaged(Tx tx, Place place, String alias, String description, Instant now) {
        String policy = ManagedKeys.policy(place, alias);
        Key key = insert(
                tx,
                new Key(
                        place,
                        ids.uuid(),
                        true,
                        description,
                        KeyState.ENABLED,
                        policy,
                        "{}",
                        now,
                        null,
                        null,
                        null,
                        1));
        // AWS rotates its managed keys every year, whatever the account says.
        KeyTable.setRotation(tx, key, MANAGED_ROTATION_DAYS, now.plus(Duration.ofDays(MANAGED_ROTATION_DAYS)));
        tx.ring(DATED);
        AliasTable.insert(tx, place, alias, key.keyId(), now);
        return key;
    }

    private Key insert(Tx tx, Key key) {
        KeyTable.insert(tx, key);
        materials.add(tx, key, 1, Materials.Origin.CREATED, key.createdAt());
        return key;
    }
}
