package belfry.vault;

import belfry.wire.ServiceException;

/** Secrets Manager's errors in its own words (semantics: secretsmanager-kms.md A1-A5). */
final class SecretErrors {
    private SecretErrors() {}

    static ServiceException invalidName() {
        return ServiceException.of(
                "ValidationException",
                "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!");
    }

    static ServiceException notFound() {
        return ServiceException.of("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }

    static ServiceException noStage(String stage) {
        return noValue("staging label: " + stage);
    }

    static ServiceException noVersion(String versionId) {
        return noValue("VersionId: " + versionId);
    }

    private static ServiceException noValue(String which) {
        return ServiceException.of(
                "ResourceNotFoundException", "Secrets Manager can't find the specified secret value for " + which);
    }

    static ServiceException stageElsewhere() {
        return invalidRequest("You provided a VersionStage that is not associated to the provided VersionId.");
    }

    static ServiceException markedForDeletion() {
        return invalidRequest("You can't perform this operation on the secret because it was marked for deletion.");
    }

    static ServiceException nameScheduledForDeletion() {
        return invalidRequest(
                "You can't create this secret because a secret with this name is already scheduled for" + " deletion.");
    }

    static ServiceException exists(String name) {
        return ServiceException.of(
                "ResourceExistsException", "The operation failed because the secret " + name + " already exists.");
    }

    static ServiceException tokenInUse(String token, String arn) {
        return ServiceException.of(
                "ResourceExistsException",
                "You can't use ClientRequestToken " + token + " because that value is already in use for a version of"
                        + " secret " + arn + ".");
    }

    static ServiceException invalidToken() {
        return ServiceException.of("InvalidNextTokenException", "The NextToken value is invalid.");
    }

    static ServiceException cannotEncrypt() {
        return ServiceException.of(
                "EncryptionFailure",
                "Secrets Manager can't encrypt the protected secret text using the provided KMS key. Check that the KMS"
                        + " key is available, enabled, and not in an invalid state.");
    }

    static ServiceException cannotDecrypt() {
        return ServiceException.of(
                "DecryptionFailure",
                "Secrets Manager can't decrypt the protected secret text using the provided KMS key.");
    }

    /** What a caller hears whom the key's or its own policies keep from the secret's key. */
    static ServiceException kmsDenied() {
        return ServiceException.of("AccessDeniedException", "Access to KMS is not allowed");
    }

    static boolean isKmsDenied(ServiceException error) {
        return error.code().equals("AccessDeniedException");
    }

    static ServiceException invalidRequest(String message) {
        return ServiceException.of("InvalidRequestException", message);
    }

    static ServiceException invalidParameter(String message) {
        return ServiceException.of("InvalidParameterException", message);
    }

    static ServiceException limit(String message) {
        return ServiceException.of("LimitExceededException", message);
    }
}
