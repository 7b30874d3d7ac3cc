package belfry.topics.queue;

import belfry.wire.ServiceException;

/** What KMS answers, as SQS passes it on. */
final class KmsFaults {
    private KmsFaults() {}

    static ServiceException asSqsSays(ServiceException kms) {
        String code = switch (kms.code()) {
            case "AccessDeniedException" -> "KmsAccessDenied";
            case "DisabledException" -> "KmsDisabled";
            case "NotFoundException" -> "KmsNotFound";
            default -> "KmsInvalidState";
        };
        return ServiceException.of(
                code, kms.getMessage() + " (Service: Kms; Status Code: 400; Error Code: " + kms.code() + ")");
    }

    /** The same as a redrive's failure reason names it: in the words of the Query protocol. */
    static String asReason(ServiceException sqs) {
        return switch (sqs.code()) {
            case "KmsAccessDenied" -> "KMS.AccessDeniedException";
            case "KmsDisabled" -> "KMS.DisabledException";
            case "KmsNotFound" -> "KMS.NotFoundException";
            case "KmsInvalidState" -> "KMS.InvalidStateException";
            default -> sqs.code();
        };
    }
}
