package belfry.topics.queue;

import belfry.wire.ServiceException;

/** SQS's errors in its own codes and words. */
final class Faults {
    private Faults() {}

    static ServiceException queueMissing() {
        return ServiceException.of("QueueDoesNotExist", "The specified queue does not exist.");
    }

    static ServiceException invalidAttribute(String name) {
        return ServiceException.of("InvalidAttributeValue", "Invalid value for the parameter " + name + ".");
    }

    static ServiceException unknownAttribute(String name) {
        return ServiceException.of("InvalidAttributeName", "Unknown Attribute " + name + ".");
    }

    static ServiceException invalid(String message) {
        return ServiceException.of("InvalidParameterValue", message);
    }

    static ServiceException notForThisType(String parameter, String value) {
        return invalid("Value " + value + " for parameter " + parameter + " is invalid. Reason: The request includes a"
                + " parameter that is not valid for this queue type.");
    }

    static ServiceException contents() {
        return ServiceException.of(
                "InvalidMessageContents",
                "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to"
                        + " #xFFFD | #x10000 to #x10FFFF");
    }

    static ServiceException address(String url) {
        return ServiceException.of("InvalidAddress", "The address " + url + " is not valid for this endpoint.");
    }

    static ServiceException missing(String parameter) {
        return ServiceException.of("MissingParameter", "The request must contain the parameter " + parameter + ".");
    }

    static ServiceException receipt(String handle) {
        return ServiceException.of(
                "ReceiptHandleIsInvalid", "The input receipt handle \"" + handle + "\" is not a valid receipt handle.");
    }

    /** What SQS can do and Belfry cannot (yet): refused, never accepted and then ignored. */
    static ServiceException notImplemented(String what) {
        return ServiceException.of("NotImplemented", "Belfry does not implement " + what + " yet.");
    }
}
