package belfry.topics;

import belfry.wire.ServiceException;

/** SNS's errors in its own codes and words (semantics: sns.md §9). */
final class Faults {
    private static final String PREFIX = "Invalid parameter: ";

    private Faults() {}

    /** {@code Invalid parameter: DETAIL}. */
    static ServiceException invalid(String detail) {
        return ServiceException.of("InvalidParameter", PREFIX + detail);
    }

    /** The same error where AWS leaves its prefix out. */
    static ServiceException invalidPlain(String message) {
        return ServiceException.of("InvalidParameter", message);
    }

    static ServiceException invalidValue(String message) {
        return ServiceException.of("ParameterValueInvalid", message);
    }

    static ServiceException topicMissing() {
        return ServiceException.of("NotFound", 404, "Topic does not exist");
    }

    static ServiceException subscriptionMissing() {
        return ServiceException.of("NotFound", 404, "Subscription does not exist");
    }

    static ServiceException resourceMissing() {
        return ServiceException.of("ResourceNotFound", 404, "Resource does not exist");
    }

    /** What SNS can do and Belfry cannot (yet): refused, never accepted and then ignored. */
    static ServiceException notImplemented(String what) {
        return ServiceException.of("NotImplemented", "Belfry does not implement " + what + " yet.");
    }
}
