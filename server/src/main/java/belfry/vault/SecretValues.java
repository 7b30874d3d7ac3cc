package belfry.vault;

import belfry.base.Ids;
import belfry.base.Json;
import belfry.gateway.Call;
import belfry.gateway.OnBehalf;
import belfry.gateway.Touched;
import belfry.seal.Aead;
import belfry.seal.BrokenSealException;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals and opens versions: a fresh data key each, from the secret's KMS key, with the secret's ARN and the version's id as
 * encryption context of both. Every KMS call is reported as made on the caller's behalf (semantics:
 * secretsmanager-kms.md A6, cloudtrail.md §1.6).
 */
final class SecretValues {
    /** A version opened, and the KMS call that it took. */
    record Reading(Content content, OnBehalf decrypt) {}

    private static final Logger LOG = LoggerFactory.getLogger(SecretValues.class);
    private static final String SERVICE = "secretsmanager.amazonaws.com";
    private static final String VALIDATION = "RequestToValidateKeyAccess";

    private final Keys keys;
    private final Ids ids;

    SecretValues(Keys keys, Ids ids) {
        this.keys = keys;
        this.ids = ids;
    }

    Version seal(Tx tx, Call call, Secret secret, String versionId, Content content, Instant createdAt) {
        Map<String, String> context = context(secret, versionId);
        try (DataKey key = dataKey(tx, call, secret.place(), secret.effectiveKey(), context)) {
            byte[] sealed = Aead.seal(key.plaintext(), content.bytes(), bound(context, content.kind()), ids);
            return new Version(versionId, content.kind(), secret.kmsKey(), key.ciphertext(), sealed, createdAt, null);
        }
    }

    /** Opens a version; the caller of this reports {@link Reading#decrypt}, once it has left a reading transaction. */
    Reading open(Tx tx, Call call, Secret secret, Version version) {
        Map<String, String> context = context(secret, version.versionId());
        CiphertextBlob blob = CiphertextBlob.decode(version.dataKey()).orElseThrow(SecretErrors::cannotDecrypt);
        Key sealer = sealer(tx, secret.place(), blob);
        OnBehalf decrypt = decryptCall(sealer.arn(), context);
        permit(tx, call, sealer, decrypt, context);
        try (Opened key = keys.open(tx, sealer, blob, context)) {
            byte[] bytes = Aead.open(key.plaintext(), version.sealed(), bound(context, version.kind()));
            return new Reading(new Content(version.kind(), bytes), decrypt);
        } catch (ServiceException e) {
            call.onBehalf(decrypt.failed(e));
            throw SecretErrors.cannotDecrypt();
        } catch (BrokenSealException e) {
            LOG.error("version {} of {} does not open: the database was changed", version.versionId(), secret.arn());
            throw SecretErrors.cannotDecrypt();
        }
    }

    /** Opens a version inside a writing transaction, and reports it. */
    Content openReported(Tx tx, Call call, Secret secret, Version version) {
        Reading reading = open(tx, call, secret, version);
        call.onBehalf(reading.decrypt());
        return reading.content();
    }

    /** Tries whether the secret's new key both encrypts and decrypts, as AWS does before it takes one. */
    void validateKey(Tx tx, Call call, Secret secret) {
        Map<String, String> context = context(secret, VALIDATION);
        try (DataKey key = dataKey(tx, call, secret.place(), secret.effectiveKey(), context);
                Opened opened = keys.decrypt(tx, secret.place(), key.ciphertext(), context)) {
            CiphertextBlob blob = CiphertextBlob.decode(key.ciphertext()).orElseThrow();
            OnBehalf decrypt = decryptCall(opened.keyArn(), context);
            permit(tx, call, sealer(tx, secret.place(), blob), decrypt, context);
            call.onBehalf(decrypt);
        }
    }

    private DataKey dataKey(Tx tx, Call call, Place place, String keyId, Map<String, String> context) {
        ObjectNode parameters = Json.object().put("keyId", keyId).put("keySpec", "AES_256");
        parameters.set("encryptionContext", Json.texts(context));
        OnBehalf generate = new OnBehalf("kms", "GenerateDataKey", parameters, List.of(), SERVICE);
        try {
            Key sealer = keys.resolve(tx, place, keyId, call.now());
            generate = kms("GenerateDataKey", parameters, sealer.arn());
            permit(tx, call, sealer, generate, context);
            DataKey key = keys.dataKey(tx, sealer, Aead.KEY_BYTES, context);
            call.onBehalf(generate);
            return key;
        } catch (ServiceException e) {
            if (SecretErrors.isKmsDenied(e)) {
                throw e;
            }
            call.onBehalf(generate.failed(e));
            throw SecretErrors.cannotEncrypt();
        }
    }

    private static Key sealer(Tx tx, Place place, CiphertextBlob blob) {
        return KeyTable.find(tx, place, blob.keyId()).orElseThrow(SecretErrors::cannotDecrypt);
    }

    /** Secrets Manager uses the key with the caller's permissions, and does not say whose policy refused. */
    private static void permit(Tx tx, Call call, Key key, OnBehalf inner, Map<String, String> context) {
        try {
            call.require(tx, GuardedVault.through("secretsmanager", key, inner.operation(), context));
        } catch (ServiceException e) {
            call.onBehalf(inner.failed(e));
            throw SecretErrors.kmsDenied();
        }
    }

    private static OnBehalf decryptCall(String keyArn, Map<String, String> context) {
        ObjectNode parameters = Json.object().put("encryptionAlgorithm", "SYMMETRIC_DEFAULT");
        parameters.set("encryptionContext", Json.texts(context));
        return kms("Decrypt", parameters, keyArn);
    }

    private static OnBehalf kms(String operation, ObjectNode parameters, String keyArn) {
        return new OnBehalf("kms", operation, parameters, List.of(new Touched("AWS::KMS::Key", keyArn)), SERVICE);
    }

    private static Map<String, String> context(Secret secret, String versionId) {
        return new TreeMap<>(Map.of("SecretARN", secret.arn(), "SecretVersionId", versionId));
    }

    /** The kind is bound too, so that bytes cannot be passed off as text. */
    private static byte[] bound(Map<String, String> context, Version.Kind kind) {
        Map<String, String> all = new TreeMap<>(context);
        all.put("kind", kind.name());
        return EncryptionContext.bytes(all);
    }
}
