package belfry.access;

import belfry.api.sts.GetCallerIdentityRequest;
import belfry.api.sts.GetCallerIdentityResponse;
import belfry.api.sts.StsApi;
import belfry.gateway.Call;
import belfry.gateway.Principal;

/** STS (semantics: eventbridge-iam.md §8): so far, who am I. */
public final class Sts implements StsApi<Call> {
    @Override
    public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest in, Call call) {
        return new GetCallerIdentityResponse()
                .account(call.principal().account())
                .arn(call.principal().arn())
                .userId(userId(call.principal()));
    }

    private static String userId(Principal principal) {
        return switch (principal) {
            case Principal.Root root -> root.account();
            case Principal.IamUser user -> user.userId();
            case Principal.AssumedRole role -> role.roleId() + ":" + role.sessionName();
            case Principal.Anonymous nobody -> "anonymous";
        };
    }
}
