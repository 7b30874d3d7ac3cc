package belfry.buckets;

import belfry.base.Json;
import belfry.gateway.Call;
import belfry.gateway.OnBehalf;
import belfry.gateway.Touched;
import belfry.seal.Aead;
import belfry.store.Tx;
import belfry.vault.DataKey;
import belfry.vault.Keys;
import belfry.vault.Opened;
import belfry.wire.ServiceException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Objects under SSE-KMS: their data keys come from KMS, and go back there each time the object is read. */
final class KmsLocks {
    /** As AWS shows S3's own calls of KMS. */
    private static final String INVOKER = "AWS Internal";

    private final Keys keys;
    private final ContentSeal seal;

    KmsLocks(Keys keys, ContentSeal seal) {
        this.keys = keys;
        this.seal = seal;
    }

    /** A draft whose data key the KMS key seals. */
    Blobs.Draft draft(Tx tx, String blob, KmsSeal kms, Instant now) {
        try (DataKey key = keys.generateDataKey(tx, kms.place(), kms.keyArn(), Aead.KEY_BYTES, kms.context(), now)) {
            return new Blobs.Draft(blob, seal.wrap(blob, key.plaintext()), key.ciphertext(), kms);
        } catch (ServiceException e) {
            throw asS3Says(e);
        }
    }

    /**
     * Pieces that can be read: where KMS sealed a blob's key, KMS is asked for it, on the caller's behalf, which is
     * recorded.
     *
     * @throws ServiceException {@code KMS.DisabledException} and the like
     */
    List<Piece> unlock(Tx tx, List<Piece> pieces, Call call) {
        if (pieces.stream().allMatch(piece -> piece.kms() == null)) {
            return pieces;
        }
        Map<String, byte[]> opened = new HashMap<>();
        List<Piece> readable = new ArrayList<>();
        for (Piece piece : pieces) {
            KmsSeal kms = piece.kms();
            if (kms == null) {
                readable.add(piece);
            } else {
                byte[] key = opened.computeIfAbsent(piece.blob(), blob -> open(tx, piece, kms, call));
                readable.add(new Piece(piece.blob(), key, null, piece.start(), piece.length()));
            }
        }
        return readable;
    }

    private byte[] open(Tx tx, Piece piece, KmsSeal kms, Call call) {
        ObjectNode parameters = Json.object().put("encryptionAlgorithm", "SYMMETRIC_DEFAULT");
        parameters.set("encryptionContext", kms.contextJson());
        List<Touched> touched = List.of(new Touched("AWS::KMS::Key", kms.keyArn()));
        Keys.permission(tx, kms.place(), kms.keyArn(), "s3", "Decrypt", kms.context())
                .ifPresent(permission -> call.require(tx, permission));
        try (Opened key = keys.decrypt(tx, kms.place(), piece.key(), kms.context())) {
            call.onBehalf(new OnBehalf("kms", "Decrypt", parameters, touched, INVOKER));
            return seal.wrap(piece.blob(), key.plaintext());
        } catch (ServiceException e) {
            throw asS3Says(e);
        }
    }

    private static ServiceException asS3Says(ServiceException e) {
        return ServiceException.of("KMS." + e.code(), 400, String.valueOf(e.getMessage()));
    }
}
