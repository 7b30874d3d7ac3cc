package belfry.vault;

import belfry.wire.ServiceException;

/** KMS's errors in its own words (semantics: secretsmanager-kms.md B1-B5). */
final class KmsErrors {
    private KmsErrors() {}

    static ServiceException noKey(String arn) {
        return ServiceException.of("NotFoundException", "Key '" + arn + "' does not exist");
    }

    static ServiceException noAlias(String arn) {
        return ServiceException.of("NotFoundException", "Alias " + arn + " is not found.");
    }

    static ServiceException invalidKeyId(String typed) {
        return ServiceException.of("NotFoundException", "Invalid keyId '" + typed + "'");
    }

    static ServiceException invalidArn(String region) {
        return ServiceException.of("NotFoundException", "Invalid arn " + region);
    }

    static ServiceException disabled(Key key) {
        return ServiceException.of("DisabledException", key.arn() + " is disabled.");
    }

    static ServiceException pendingDeletion(Key key) {
        return ServiceException.of("KMSInvalidStateException", key.arn() + " is pending deletion.");
    }

    static ServiceException notPendingDeletion(Key key) {
        return ServiceException.of("KMSInvalidStateException", key.arn() + " is not pending deletion.");
    }

    /** Any mismatch of context or bytes; AWS says nothing more, on purpose. */
    static ServiceException invalidCiphertext() {
        return ServiceException.of("InvalidCiphertextException", "");
    }

    static ServiceException unknownCiphertextKey() {
        return ServiceException.of(
                "AccessDeniedException",
                "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or"
                        + " you are not allowed to access.");
    }

    static ServiceException incorrectKey() {
        return ServiceException.of(
                "IncorrectKeyException",
                "The key ID in the request does not identify a CMK that can perform this operation.");
    }

    static ServiceException dryRun() {
        return ServiceException.of(
                "DryRunOperationException", 412, "The request would have succeeded, but the DryRun option is set.");
    }

    static ServiceException validation(String message) {
        return ServiceException.of("ValidationException", message);
    }

    static ServiceException unsupported(String message) {
        return ServiceException.of("UnsupportedOperationException", message);
    }

    /** What the policy of an AWS managed key answers to whoever would administer it. */
    static ServiceException denied(String principalArn, String action, Key key) {
        return ServiceException.of(
                "AccessDeniedException",
                "User: " + principalArn + " is not authorized to perform: kms:" + action + " on resource: " + key.arn()
                        + " because no resource-based policy allows the kms:" + action + " action");
    }
}
