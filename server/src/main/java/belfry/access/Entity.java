package belfry.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user or a role.
 *
 * @param uniqueId {@code AIDA…} or {@code AROA…}: never used again for another
 * @param path begins and ends with a slash
 * @param trust a role's trust policy; null for users
 * @param maxSession a role's longest session in seconds; null for users
 * @param boundary the ARN of the policy that bounds its permissions
 * @param tags JSON object of text
 */
record Entity(
        String account,
        EntityKind kind,
        String name,
        String uniqueId,
        String path,
        Instant createdAt,
        @Nullable String description,
        @Nullable String trust,
        @Nullable Integer maxSession,
        @Nullable String boundary,
        String tags) {
    Entity {
        if ((kind == EntityKind.ROLE) != (trust != null)) {
            throw new IllegalArgumentException("roles, and only roles, have a trust policy");
        }
    }

    String arn() {
        return "arn:aws:iam::" + account + ":" + kind.word() + path + name;
    }
}
