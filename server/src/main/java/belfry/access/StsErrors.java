package belfry.access;

import belfry.wire.ServiceException;

/** STS's errors in its own words. */
final class StsErrors {
    private StsErrors() {}

    static ServiceException validation(String message) {
        return ServiceException.of("ValidationError", 400, message);
    }

    static ServiceException malformedPolicy(String message) {
        return ServiceException.of("MalformedPolicyDocument", 400, message);
    }

    static ServiceException denied(String message) {
        return ServiceException.of("AccessDenied", 403, message);
    }
}
