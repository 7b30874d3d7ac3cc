package belfry.tools.doctor;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.kms.model.KeyMetadata;

/** Whether a KMS key can be used. */
final class KeyState {
    private KeyState() {}

    /** A key that cannot be used: its state, and what makes it usable. */
    record Unusable(String state, String mend) {}

    /** Empty where the key is usable, there is none, or it may not be looked at. */
    static Optional<Unusable> of(Chain chain, @Nullable String key) {
        if (key == null || key.isEmpty() || key.startsWith("alias/aws/")) {
            return Optional.empty();
        }
        try {
            KeyMetadata found = chain.sdk().keys.describeKey(r -> r.keyId(key)).keyMetadata();
            return switch (found.keyState()) {
                case DISABLED -> Optional.of(new Unusable("disabled", "aws kms enable-key --key-id " + found.keyId()));
                case PENDING_DELETION ->
                    Optional.of(new Unusable(
                            "waiting for its deletion",
                            "aws kms cancel-key-deletion --key-id " + found.keyId() + " && aws kms enable-key --key-id "
                                    + found.keyId()));
                default -> Optional.empty();
            };
        } catch (AwsServiceException e) {
            return Words.missing(e) ? Optional.of(new Unusable("gone", "name another key")) : Optional.empty();
        }
    }
}
