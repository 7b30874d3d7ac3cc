package belfry.events;

import belfry.wire.ServiceException;

/** EventBridge's errors in its own codes and words (semantics: eventbridge-iam.md §3.1). */
final class Faults {
    private Faults() {}

    static ServiceException invalid(String message) {
        return ServiceException.of("ValidationException", message);
    }

    static ServiceException pattern(String reason) {
        return ServiceException.of(
                "InvalidEventPatternException",
                "Event pattern is not valid. Reason: " + reason.replaceAll("\\s*\n\\s*", " "));
    }

    static ServiceException busMissing(String name) {
        return ServiceException.of("ResourceNotFoundException", "Event bus " + name + " does not exist.");
    }

    static ServiceException ruleMissing(String name, String bus) {
        return ServiceException.of(
                "ResourceNotFoundException", "Rule " + name + " does not exist on EventBus " + bus + ".");
    }

    static ServiceException managed(String rule, String owner) {
        return ServiceException.of(
                "ManagedRuleException", "Rule " + rule + " is managed by " + owner + " and can't be changed.");
    }

    static ServiceException limit() {
        return ServiceException.of(
                "LimitExceededException", "The requested resource exceeds the maximum number allowed.");
    }

    /** What EventBridge can do and Belfry cannot (yet): refused, never accepted and then ignored. */
    static ServiceException notImplemented(String what) {
        return ServiceException.of("NotImplemented", "Belfry does not implement " + what + " yet.");
    }
}
