package belfry.wire;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where {@link SigV4} finds the secret half of an access key. */
@FunctionalInterface
public interface KeyLookup {
    /** The active key of this id, or null where there is none or it is inactive. */
    @Nullable
    Key find(String accessKeyId);

    /**
     * The secret half of an access key.
     *
     * @param sessionToken what must come with a temporary key; null for a lasting one
     * @param expiresAt when a temporary key ends; null for a lasting one
     */
    record Key(
            String secretAccessKey,
            @Nullable String sessionToken,
            @Nullable Instant expiresAt) {
        public Key {
            Objects.requireNonNull(secretAccessKey);
        }

        public static Key lasting(String secretAccessKey) {
            return new Key(secretAccessKey, null, null);
        }

        @Override
        public String toString() {
            return "Key[hidden]";
        }
    }
}
