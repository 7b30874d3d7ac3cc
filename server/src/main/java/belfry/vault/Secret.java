package belfry.vault;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A secret, without its values.
 *
 * @param suffix the six random characters that end its ARN
 * @param kmsKey as the caller gave it; null for the account's default key
 * @param tags JSON object of text
 * @param policy the resource policy's text
 * @param accessedOn the day (00:00 UTC) of the last read
 * @param deletedAt when it was marked for deletion
 * @param purgeAt when it will be gone; set exactly while it is marked
 */
record Secret(
        Place place,
        String name,
        String suffix,
        @Nullable String description,
        @Nullable String kmsKey,
        String tags,
        @Nullable String policy,
        Instant createdAt,
        Instant changedAt,
        @Nullable Instant accessedOn,
        @Nullable Instant deletedAt,
        @Nullable Instant purgeAt) {
    static final int SUFFIX_LENGTH = 6;

    Secret {
        if (suffix.length() != SUFFIX_LENGTH) {
            throw new IllegalArgumentException("a secret's suffix has six characters");
        }
        if ((deletedAt == null) != (purgeAt == null)) {
            throw new IllegalArgumentException("a secret marked for deletion has an end");
        }
    }

    String arn() {
        return arn(place, name, suffix);
    }

    static String arn(Place place, String name, String suffix) {
        return place.arn("secretsmanager", "secret:" + name + "-" + suffix);
    }

    boolean marked() {
        return deletedAt != null;
    }

    /** The KMS key that values are sealed with: the secret's own, or the account's default. */
    String effectiveKey() {
        return kmsKey == null ? ManagedKeys.SECRETS_MANAGER : kmsKey;
    }
}
