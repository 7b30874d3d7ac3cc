package belfry.vault;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A KMS key, without its material.
 *
 * @param awsManaged true for {@code alias/aws/…}'s keys, which nobody may administer
 * @param policy the key policy's text as it was put
 * @param tags JSON object of text
 * @param deletionAt set exactly while the key is pending deletion
 * @param rotationDays null while automatic rotation is off
 * @param rotationAt when the material is next renewed; null while automatic rotation is off
 * @param material the number of the current material, from 1
 */
record Key(
        Place place,
        String keyId,
        boolean awsManaged,
        String description,
        KeyState state,
        String policy,
        String tags,
        Instant createdAt,
        @Nullable Instant deletionAt,
        @Nullable Integer rotationDays,
        @Nullable Instant rotationAt,
        int material) {
    Key {
        if ((state == KeyState.PENDING_DELETION) != (deletionAt != null)) {
            throw new IllegalArgumentException("a deletion date goes with pending deletion");
        }
        if ((rotationDays == null) != (rotationAt == null)) {
            throw new IllegalArgumentException("a rotation period goes with its next date");
        }
    }

    String arn() {
        return place.arn("kms", "key/" + keyId);
    }
}
