package belfry.access;

import belfry.wire.ServiceException;

/** IAM's errors in its own words; codes as Query clients see them. */
final class IamErrors {
    private IamErrors() {}

    static ServiceException noSuchEntity(String message) {
        return ServiceException.of("NoSuchEntity", 404, message);
    }

    static ServiceException noEntity(EntityKind kind, String name) {
        return noSuchEntity("The " + kind.word() + " with name " + name + " cannot be found.");
    }

    static ServiceException noInlinePolicy(EntityKind kind, String policy) {
        return noSuchEntity("The " + kind.word() + " policy with name " + policy + " cannot be found.");
    }

    static ServiceException noPolicy(String arn) {
        return noSuchEntity("Policy " + arn + " was not found.");
    }

    static ServiceException notAttachable(String arn) {
        return noSuchEntity("Policy " + arn + " does not exist or is not attachable.");
    }

    static ServiceException noKey(String keyId) {
        return noSuchEntity("The Access Key with id " + keyId + " cannot be found.");
    }

    static ServiceException exists(String message) {
        return ServiceException.of("EntityAlreadyExists", 409, message);
    }

    static ServiceException conflict(String message) {
        return ServiceException.of("DeleteConflict", 409, message);
    }

    static ServiceException limit(String quota, int most) {
        return ServiceException.of("LimitExceeded", 409, "Cannot exceed quota for " + quota + ": " + most);
    }

    static ServiceException limit(String message) {
        return ServiceException.of("LimitExceeded", 409, message);
    }

    static ServiceException malformed(String message) {
        return ServiceException.of("MalformedPolicyDocument", 400, message);
    }

    static ServiceException invalid(String message) {
        return ServiceException.of("InvalidInput", 400, message);
    }

    static ServiceException validation(String message) {
        return ServiceException.of("ValidationError", 400, message);
    }
}
