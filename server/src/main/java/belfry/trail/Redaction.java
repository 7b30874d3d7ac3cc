package belfry.trail;

import belfry.wire.Member;
import belfry.wire.Shape;
import java.util.Map;
import java.util.Set;

/**
 * What a record never shows: what the service descriptions mark as sensitive, all blobs, and the members named here
 * (semantics: cloudtrail.md §1.5).
 */
final class Redaction {
    /** AWS's placeholder where it shows that something was given. */
    static final String HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS";

    /** Omitted although the description does not mark them. */
    private static final Map<String, Set<String>> OMITTED = Map.of(
            "secretsmanager", Set.of("SecretString", "SecretBinary", "RandomPassword", "RotationToken"),
            "kms",
                    Set.of(
                            "GrantToken",
                            "GrantTokens",
                            "ImportToken",
                            "Plaintext",
                            "CiphertextBlob",
                            "PrivateKeyPlaintext"),
            "iam", Set.of("AuthenticationCode1", "AuthenticationCode2", "SecretAccessKey", "Password", "NewPassword"),
            "sts", Set.of("TokenCode", "SecretAccessKey", "SAMLAssertion", "WebIdentityToken"),
            "sns", Set.of("Message", "Subject", "MessageStructure", "MessageAttributes", "PublishBatchRequestEntries"),
            "sqs", Set.of("MessageBody", "MessageAttributes", "MessageSystemAttributes", "Entries", "Messages"),
            "logs", Set.of("logEvents", "logEventMessages", "content"),
            "cloudwatch", Set.of("MetricData", "EntityMetricData"),
            "events", Set.of("Entries"));

    /** Shown as {@link #HIDDEN}: a URL may carry a password, and an address is a person's. */
    private static final Map<String, Set<String>> MASKED =
            Map.of("sns", Set.of("Endpoint", "Token", "PhoneNumber", "phoneNumber"));

    /** Marked as sensitive, but names of keys, which AWS shows. */
    private static final Map<String, Set<String>> SHOWN =
            Map.of("s3", Set.of("SSEKMSKeyId", "KMSMasterKeyID", "KmsKeyArn", "KeyId"));

    private Redaction() {}

    /** How a member is shown. */
    enum Treatment {
        SHOW,
        MASK,
        OMIT
    }

    static Treatment of(String service, Member member) {
        if (MASKED.getOrDefault(service, Set.of()).contains(member.name())) {
            return Treatment.MASK;
        }
        if (OMITTED.getOrDefault(service, Set.of()).contains(member.name())) {
            return Treatment.OMIT;
        }
        boolean shown = SHOWN.getOrDefault(service, Set.of()).contains(member.name());
        return shown || visible(member.target()) ? Treatment.SHOW : Treatment.OMIT;
    }

    private static boolean visible(Shape shape) {
        if (shape.sensitive()) {
            return false;
        }
        return switch (shape.kind()) {
            case BLOB -> false;
            case LIST -> visible(shape.element().target());
            case MAP -> visible(shape.key().target()) && visible(shape.value().target());
            case STRUCTURE, STRING, INTEGER, LONG, FLOAT, DOUBLE, BOOLEAN, TIMESTAMP -> true;
        };
    }
}
