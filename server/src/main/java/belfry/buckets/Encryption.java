package belfry.buckets;

import belfry.api.s3.ServerSideEncryptionByDefault;
import belfry.api.s3.ServerSideEncryptionConfiguration;
import belfry.api.s3.ServerSideEncryptionRule;
import belfry.wire.ServiceException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Server-side encryption: clients' objects are encrypted with Belfry's own keys (AES256), other wishes are refused, not
 * pretended. Log files of trails with a KMS key are under that (aws:kms).
 */
final class Encryption {
    static final String AES256 = "AES256";
    static final String KMS = "aws:kms";

    private Encryption() {}

    /** As answers name the encryption of what lies there. */
    static String algorithm(List<Piece> pieces) {
        return kmsKey(pieces) == null ? AES256 : KMS;
    }

    /** The KMS key that it is encrypted with; null for none. */
    static @Nullable String kmsKey(List<Piece> pieces) {
        KmsSeal kms = pieces.isEmpty() ? null : pieces.getFirst().kms();
        return kms == null ? null : kms.keyArn();
    }

    /** Refuses what is not {@link #AES256} or nothing. */
    static void check(@Nullable String algorithm, @Nullable String kmsKey, @Nullable String customerAlgorithm) {
        if (customerAlgorithm != null) {
            throw S3Errors.notImplemented("Encryption with keys that the client provides (SSE-C)");
        }
        if (algorithm != null && algorithm.startsWith("aws:")) {
            throw S3Errors.notImplemented("Encryption of objects with " + algorithm);
        }
        if (algorithm != null && !algorithm.equals(AES256)) {
            throw S3Errors.invalidArgument(
                    "The encryption method specified is not supported", "x-amz-server-side-encryption", algorithm);
        }
        if (kmsKey != null) {
            throw S3Errors.invalidArgument(
                    "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption :"
                            + " aws:kms",
                    "x-amz-server-side-encryption",
                    String.valueOf(algorithm));
        }
    }

    /** What every bucket answers until it is given another. */
    static ServerSideEncryptionConfiguration byDefault() {
        return new ServerSideEncryptionConfiguration()
                .rules(List.of(new ServerSideEncryptionRule()
                        .applyServerSideEncryptionByDefault(new ServerSideEncryptionByDefault().sseAlgorithm(AES256))
                        .bucketKeyEnabled(false)));
    }

    /** @throws ServiceException where it asks for another encryption than Belfry's */
    static ServerSideEncryptionConfiguration check(@Nullable ServerSideEncryptionConfiguration configuration) {
        if (configuration == null
                || configuration.rules() == null
                || configuration.rules().size() != 1) {
            throw S3Errors.malformedXml();
        }
        ServerSideEncryptionRule rule = configuration.rules().getFirst();
        ServerSideEncryptionByDefault wanted = rule.applyServerSideEncryptionByDefault();
        if (wanted != null) {
            if (wanted.kmsMasterKeyID() != null && AES256.equals(wanted.sseAlgorithm())) {
                throw S3Errors.invalidArgument(
                        "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
                        "KMSMasterKeyID",
                        wanted.kmsMasterKeyID());
            }
            check(wanted.sseAlgorithm(), null, null);
        }
        if (rule.bucketKeyEnabled() == null) {
            rule.bucketKeyEnabled(false);
        }
        return configuration;
    }
}
