package belfry.access.authorize;

import belfry.gateway.Permission;
import belfry.wire.ServiceException;
import java.util.Locale;
import java.util.Set;

/** How the services say no (semantics: eventbridge-iam.md §6.4, §7.5). */
final class Refusal {
    /** Services whose protocol says AccessDenied; the JSON ones say AccessDeniedException. */
    private static final Set<String> SHORT_CODE = Set.of("iam", "sts", "s3", "sqs", "cloudwatch");

    private Refusal() {}

    /** @param service the called service's short name, which is not the action's where iam:PassRole is missing */
    static ServiceException of(String service, String callerArn, Permission permission, Verdict.Denied why) {
        String action = written(permission.action());
        String message = "User: " + callerArn + " is not authorized to perform: " + action + on(permission)
                + reason(service, action, why);
        if (service.equals("sns")) {
            return ServiceException.of("AuthorizationError", 403, message);
        }
        return SHORT_CODE.contains(service)
                ? ServiceException.of("AccessDenied", 403, message)
                : ServiceException.of("AccessDeniedException", 400, message);
    }

    /** STS does not say why a role cannot be assumed. */
    private static String reason(String service, String action, Verdict.Denied why) {
        return service.equals("sts") ? "" : " " + why.reason(action);
    }

    /** SNS writes its own name in capitals, SQS everything small. */
    private static String written(String action) {
        if (action.startsWith("sns:")) {
            return "SNS:" + action.substring("sns:".length());
        }
        return action.startsWith("sqs:") ? action.toLowerCase(Locale.ROOT) : action;
    }

    private static String on(Permission permission) {
        String shown = permission.resource().shown();
        if (shown == null) {
            return "";
        }
        return " on resource: " + (permission.action().startsWith("s3:") ? '"' + shown + '"' : shown);
    }
}
