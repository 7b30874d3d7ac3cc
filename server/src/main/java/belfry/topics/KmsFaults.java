package belfry.topics;

import belfry.wire.ServiceException;

/**
 * What KMS answers, as SNS passes it on (semantics: sns.md §1.2). {@code KMSOptInRequired} and {@code KMSThrottling} are
 * never answered: there is nothing to opt into, and the keys are in this process.
 */
final class KmsFaults {
    private KmsFaults() {}

    static ServiceException asSnsSays(ServiceException kms) {
        String code = switch (kms.code()) {
            case "AccessDeniedException" -> "KMSAccessDenied";
            case "DisabledException" -> "KMSDisabled";
            case "NotFoundException" -> "KMSNotFound";
            default -> "KMSInvalidState";
        };
        return ServiceException.of(
                code, kms.getMessage() + " (Service: AWSKMS; Status Code: 400; Error Code: " + kms.code() + ")");
    }

    static boolean denied(ServiceException sns) {
        return sns.code().equals("KMSAccessDenied");
    }
}
