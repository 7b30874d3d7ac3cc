package belfry.gateway;

import belfry.wire.ServiceException;
import java.util.Set;

/**
 * Secured mode until policies are evaluated: only the account's root may call, so that nothing is open by accident.
 * Confirming and ending a subscription is allowed to whoever holds the token or the link.
 */
public final class RootOnly implements Authorizer {
    /** Services whose protocol says AccessDenied; the JSON ones say AccessDeniedException. */
    private static final Set<String> SHORT_CODE = Set.of("iam", "sts", "s3", "sqs", "cloudwatch");

    @Override
    public void authorize(Call call, String service, String operation) {
        switch (call.principal()) {
            case Principal.Root root -> {
                // The account itself may do everything in the account.
            }
            case Principal.Anonymous nobody -> {
                // The authenticator lets nobody in but for operations that carry a token.
            }
            case Principal.IamUser user -> throw denied(call, service, operation);
            case Principal.AssumedRole role -> throw denied(call, service, operation);
        }
    }

    private static ServiceException denied(Call call, String service, String operation) {
        String message = "User: " + call.principal().arn() + " is not authorized to perform: " + service + ":"
                + operation + " because this version of Belfry lets only the root access key call in secured mode";
        if (service.equals("sns")) {
            return ServiceException.of("AuthorizationError", 403, message);
        }
        return SHORT_CODE.contains(service)
                ? ServiceException.of("AccessDenied", 403, message)
                : ServiceException.of("AccessDeniedException", 400, message);
    }
}
