package belfry.wire;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the descriptions do not say about a service's errors: the code that a broken constraint answers, and the
 * namespace of {@code __type}. The one place where this package looks at a service's name.
 */
final class ServiceTraits {
    private static final Map<String, String> CONSTRAINT_CODE = Map.of(
            "logs", "InvalidParameterException",
            "sns", "ValidationError",
            "iam", "ValidationError",
            "sts", "ValidationError");

    private static final Map<String, String> SHAPE_NAMESPACE = Map.of(
            "cloudwatch", "com.amazonaws.cloudwatch.v2010_08_01#",
            "sqs", "com.amazonaws.sqs#");

    private static final String SQS = "AWS.SimpleQueueService.";

    private ServiceTraits() {}

    /** The code for a broken constraint. CloudWatch's Query clients know {@code ValidationError} only. */
    static String constraintCode(ServiceDescriptor service, Protocol protocol) {
        if (protocol == Protocol.QUERY && service.name().equals("cloudwatch")) {
            return "ValidationError";
        }
        return Objects.requireNonNullElse(CONSTRAINT_CODE.get(service.name()), "ValidationException");
    }

    /** The member that a Query request's path stands for where the form lacks it; null for most services. */
    static @Nullable String memberInPath(ServiceDescriptor service) {
        return service.name().equals("sqs") ? "QueueUrl" : null;
    }

    /** Whether the service names the parameter that is missing instead of listing the constraints that are broken. */
    static boolean namesMissing(ServiceDescriptor service) {
        return service.name().equals("sqs");
    }

    /** The {@code __type} of an error: services of JSON 1.0 and CBOR put a namespace before it. */
    static String jsonType(ServiceDescriptor service, boolean modelled, String name) {
        String namespace = SHAPE_NAMESPACE.get(service.name());
        if (namespace == null) {
            return name;
        }
        if (modelled) {
            return namespace + name;
        }
        return (name.equals("ValidationException") ? "com.amazon.coral.validate#" : "com.amazon.coral.service#") + name;
    }

    /**
     * The code in {@code x-amzn-query-error}, as the old Query protocol names it.
     *
     * @param code the error shape's code, or its name where the description has no code
     */
    static String queryCode(String code) {
        return switch (code) {
            case "ValidationException" -> "ValidationError";
            case "SerializationException" -> "MalformedInput";
            case "QueueNameExists" -> "QueueAlreadyExists";
            case "KmsAccessDenied" -> "KMS.AccessDeniedException";
            case "KmsDisabled" -> "KMS.DisabledException";
            case "KmsInvalidKeyUsage" -> "KMS.InvalidKeyUsageException";
            case "KmsInvalidState" -> "KMS.InvalidStateException";
            case "KmsNotFound" -> "KMS.NotFoundException";
            case "KmsOptInRequired" -> "KMS.OptInRequired";
            case "KmsThrottled" -> "KMS.ThrottlingException";
            case "QueueDoesNotExist" -> SQS + "NonExistentQueue";
            case "BatchEntryIdsNotDistinct",
                    "BatchRequestTooLong",
                    "EmptyBatchRequest",
                    "InvalidBatchEntryId",
                    "MessageNotInflight",
                    "PurgeQueueInProgress",
                    "QueueDeletedRecently",
                    "TooManyEntriesInBatchRequest",
                    "UnsupportedOperation" -> SQS + code;
            default -> code;
        };
    }

    /** The S3 code for a header or parameter whose value is none of those allowed. */
    static String enumerationCode(String wireName) {
        return wireName.toLowerCase(Locale.ROOT).equals("x-amz-storage-class")
                ? "InvalidStorageClass"
                : "InvalidArgument";
    }
}
