package belfry.vault;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of a secret, sealed.
 *
 * @param kind whether text or bytes were given
 * @param kmsKey the secret's key when the version was sealed; null for the default key
 * @param dataKey the data key, sealed by the KMS key
 * @param sealed the value, sealed by the data key
 * @param accessedOn the day (00:00 UTC) of the last read
 */
record Version(
        String versionId,
        Kind kind,
        @Nullable String kmsKey,
        byte[] dataKey,
        byte[] sealed,
        Instant createdAt,
        @Nullable Instant accessedOn) {
    /** What was given: SecretString or SecretBinary. */
    enum Kind {
        TEXT,
        BINARY
    }
}
