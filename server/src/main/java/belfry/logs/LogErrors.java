package belfry.logs;

import belfry.wire.ServiceException;

/** The errors of CloudWatch Logs in AWS's words. */
final class LogErrors {
    private LogErrors() {}

    static ServiceException invalid(String message) {
        return ServiceException.of("InvalidParameterException", message);
    }

    static ServiceException noGroup() {
        return ServiceException.of("ResourceNotFoundException", "The specified log group does not exist.");
    }

    static ServiceException noStream() {
        return ServiceException.of("ResourceNotFoundException", "The specified log stream does not exist.");
    }

    static ServiceException noFilter() {
        return ServiceException.of("ResourceNotFoundException", "The specified metric filter does not exist.");
    }

    static ServiceException groupExists() {
        return ServiceException.of("ResourceAlreadyExistsException", "The specified log group already exists");
    }

    static ServiceException streamExists() {
        return ServiceException.of("ResourceAlreadyExistsException", "The specified log stream already exists");
    }

    static ServiceException limit() {
        return ServiceException.of("LimitExceededException", "Resource limit exceeded.");
    }

    static ServiceException badToken() {
        return invalid("The specified nextToken is invalid.");
    }

    /** A parameter that AWS knows and Belfry does not serve: refused rather than ignored. */
    static ServiceException unsupported(String parameter) {
        return ServiceException.of("NotImplemented", "Belfry does not implement " + parameter + ".");
    }
}
