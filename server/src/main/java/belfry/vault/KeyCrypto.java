package belfry.vault;

import belfry.api.kms.DecryptRequest;
import belfry.api.kms.DecryptResponse;
import belfry.api.kms.EncryptRequest;
import belfry.api.kms.EncryptResponse;
import belfry.api.kms.GenerateDataKeyRequest;
import belfry.api.kms.GenerateDataKeyResponse;
import belfry.api.kms.GenerateDataKeyWithoutPlaintextRequest;
import belfry.api.kms.GenerateDataKeyWithoutPlaintextResponse;
import belfry.api.kms.GenerateRandomRequest;
import belfry.api.kms.GenerateRandomResponse;
import belfry.api.kms.ReEncryptRequest;
import belfry.api.kms.ReEncryptResponse;
import belfry.base.Ids;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Encrypt, Decrypt, ReEncrypt and the data keys (semantics: secretsmanager-kms.md B3). */
final class KeyCrypto {
    private static final String SYMMETRIC = "SYMMETRIC_DEFAULT";

    private final Keys keys;
    private final Ids ids;

    KeyCrypto(Keys keys, Ids ids) {
        this.keys = keys;
        this.ids = ids;
    }

    EncryptResponse encrypt(Tx tx, EncryptRequest in, Call call) {
        requireSymmetric(in.encryptionAlgorithm());
        requireNoGrants(in.grantTokens());
        Key key = Named.keyOrAlias(tx, call, in.keyId());
        byte[] sealed = keys.encrypt(tx, key, in.plaintext(), in.encryptionContext());
        stopIfDry(in.dryRun());
        return new EncryptResponse().ciphertextBlob(sealed).keyId(key.arn()).encryptionAlgorithm(SYMMETRIC);
    }

    DecryptResponse decrypt(Tx tx, DecryptRequest in, Call call) {
        requireSymmetric(in.encryptionAlgorithm());
        requireNoGrants(in.grantTokens());
        requireNoEnclave(in.recipient());
        CiphertextBlob blob = blob(in.ciphertextBlob());
        Key key = sealer(tx, call, blob, in.keyId());
        Opened opened = keys.open(tx, key, blob, in.encryptionContext());
        stopIfDry(in.dryRun());
        // The answer carries the plaintext, so the buffer lives as long as the answer.
        return new DecryptResponse()
                .keyId(opened.keyArn())
                .plaintext(opened.plaintext())
                .encryptionAlgorithm(SYMMETRIC)
                .keyMaterialId(opened.materialId());
    }

    ReEncryptResponse reEncrypt(Tx tx, ReEncryptRequest in, Call call) {
        requireSymmetric(in.sourceEncryptionAlgorithm());
        requireSymmetric(in.destinationEncryptionAlgorithm());
        requireNoGrants(in.grantTokens());
        CiphertextBlob blob = blob(in.ciphertextBlob());
        Key source = sealer(tx, call, blob, in.sourceKeyId());
        Key destination = Named.keyOrAlias(tx, call, in.destinationKeyId());
        try (Opened opened = keys.open(tx, source, blob, in.sourceEncryptionContext())) {
            byte[] sealed = keys.encrypt(tx, destination, opened.plaintext(), in.destinationEncryptionContext());
            stopIfDry(in.dryRun());
            return new ReEncryptResponse()
                    .ciphertextBlob(sealed)
                    .sourceKeyId(source.arn())
                    .keyId(destination.arn())
                    .sourceEncryptionAlgorithm(SYMMETRIC)
                    .destinationEncryptionAlgorithm(SYMMETRIC)
                    .sourceKeyMaterialId(opened.materialId())
                    .destinationKeyMaterialId(Materials.current(tx, destination).materialId());
        }
    }

    GenerateDataKeyResponse generateDataKey(Tx tx, GenerateDataKeyRequest in, Call call) {
        requireNoGrants(in.grantTokens());
        requireNoEnclave(in.recipient());
        int bytes = length(in.keySpec(), in.numberOfBytes());
        Key key = Named.keyOrAlias(tx, call, in.keyId());
        DataKey made = keys.dataKey(tx, key, bytes, in.encryptionContext());
        stopIfDry(in.dryRun());
        return new GenerateDataKeyResponse()
                .ciphertextBlob(made.ciphertext())
                .plaintext(made.plaintext())
                .keyId(made.keyArn())
                .keyMaterialId(made.materialId());
    }

    GenerateDataKeyWithoutPlaintextResponse generateDataKeyWithoutPlaintext(
            Tx tx, GenerateDataKeyWithoutPlaintextRequest in, Call call) {
        requireNoGrants(in.grantTokens());
        int bytes = length(in.keySpec(), in.numberOfBytes());
        Key key = Named.keyOrAlias(tx, call, in.keyId());
        try (DataKey made = keys.dataKey(tx, key, bytes, in.encryptionContext())) {
            stopIfDry(in.dryRun());
            return new GenerateDataKeyWithoutPlaintextResponse()
                    .ciphertextBlob(made.ciphertext())
                    .keyId(made.keyArn())
                    .keyMaterialId(made.materialId());
        }
    }

    GenerateRandomResponse generateRandom(GenerateRandomRequest in) {
        requireNoEnclave(in.recipient());
        if (in.customKeyStoreId() != null) {
            throw KmsErrors.unsupported("Belfry has no custom key stores.");
        }
        if (in.numberOfBytes() == null) {
            throw KmsErrors.validation("NumberOfBytes is required.");
        }
        return new GenerateRandomResponse().plaintext(ids.bytes(in.numberOfBytes()));
    }

    private static CiphertextBlob blob(byte @Nullable [] ciphertext) {
        if (ciphertext == null) {
            throw KmsErrors.validation("CiphertextBlob is required.");
        }
        return CiphertextBlob.decode(ciphertext).orElseThrow(KmsErrors::invalidCiphertext);
    }

    /** The key that sealed the blob, which must be the one the caller names, if it names one. */
    private static Key sealer(Tx tx, Call call, CiphertextBlob blob, @Nullable String named) {
        if (named != null
                && !KeyIds.keyOrAlias(tx, Place.of(call), named).keyId().equals(blob.keyId())) {
            throw KmsErrors.incorrectKey();
        }
        return Named.touched(call, Keys.sealer(tx, Place.of(call), blob));
    }

    private static int length(@Nullable String spec, @Nullable Integer bytes) {
        if ((spec == null) == (bytes == null)) {
            throw KmsErrors.validation("Please specify either number of bytes or key spec.");
        }
        if (bytes != null) {
            return bytes;
        }
        return "AES_128".equals(spec) ? 16 : 32;
    }

    private static void requireSymmetric(@Nullable String algorithm) {
        if (algorithm != null && !algorithm.equals(SYMMETRIC)) {
            throw ServiceException.of(
                    "InvalidKeyUsageException",
                    "Algorithm " + algorithm + " and key spec " + SYMMETRIC + " are incompatible.");
        }
    }

    /** Grants do not exist here, so no token can be valid. */
    private static void requireNoGrants(@Nullable List<String> tokens) {
        if (tokens != null && !tokens.isEmpty()) {
            throw ServiceException.of("InvalidGrantTokenException", "The grant token is not valid.");
        }
    }

    private static void requireNoEnclave(@Nullable Object recipient) {
        if (recipient != null) {
            throw KmsErrors.validation("Belfry cannot encrypt for a Nitro enclave: leave out Recipient.");
        }
    }

    private static void stopIfDry(@Nullable Boolean dryRun) {
        if (Boolean.TRUE.equals(dryRun)) {
            throw KmsErrors.dryRun();
        }
    }
}
