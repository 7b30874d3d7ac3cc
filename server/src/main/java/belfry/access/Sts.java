package belfry.access;

import belfry.api.sts.AssumeRoleRequest;
import belfry.api.sts.AssumeRoleResponse;
import belfry.api.sts.GetAccessKeyInfoRequest;
import belfry.api.sts.GetAccessKeyInfoResponse;
import belfry.api.sts.GetCallerIdentityRequest;
import belfry.api.sts.GetCallerIdentityResponse;
import belfry.api.sts.GetSessionTokenRequest;
import belfry.api.sts.GetSessionTokenResponse;
import belfry.api.sts.StsApi;
import belfry.gateway.Call;
import belfry.gateway.Principal;

/** STS (semantics: eventbridge-iam.md §8): who am I, and temporary credentials. */
public final class Sts implements StsApi<Call> {
    private final RoleSessions roles;
    private final UserSessions users;

    public Sts(Sessions sessions) {
        this.roles = new RoleSessions(sessions);
        this.users = new UserSessions(sessions);
    }

    @Override
    public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest in, Call call) {
        return new GetCallerIdentityResponse()
                .account(call.principal().account())
                .arn(call.principal().arn())
                .userId(userId(call.principal()));
    }

    @Override
    public AssumeRoleResponse assumeRole(AssumeRoleRequest in, Call call) {
        return call.write(tx -> roles.assume(tx, in, call));
    }

    @Override
    public GetSessionTokenResponse getSessionToken(GetSessionTokenRequest in, Call call) {
        return call.write(tx -> users.make(tx, in, call));
    }

    /** Every key is this account's, or none that we know of. */
    @Override
    public GetAccessKeyInfoResponse getAccessKeyInfo(GetAccessKeyInfoRequest in, Call call) {
        return call.read(tx -> new GetAccessKeyInfoResponse()
                .account(AccessKeys.account(tx, in.accessKeyId())
                        .or(() -> Sessions.holder(tx, in.accessKeyId()).map(Sessions.Holder::account))
                        .orElseThrow(() -> StsErrors.validation(
                                "The access key " + in.accessKeyId() + " does not belong to an account known here."))));
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
