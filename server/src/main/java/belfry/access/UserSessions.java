package belfry.access;

import belfry.api.sts.Credentials;
import belfry.api.sts.GetSessionTokenRequest;
import belfry.api.sts.GetSessionTokenResponse;
import belfry.gateway.Call;
import belfry.gateway.Principal;
import belfry.store.Tx;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** GetSessionToken: a user's or the root's own permissions for a while. */
final class UserSessions {
    private static final int DEFAULT_SECONDS = 43_200;
    private static final int ROOT_MAX_SECONDS = 3_600;

    private final Sessions sessions;

    UserSessions(Sessions sessions) {
        this.sessions = sessions;
    }

    GetSessionTokenResponse make(Tx tx, GetSessionTokenRequest in, Call call) {
        if (in.serialNumber() != null || in.tokenCode() != null) {
            throw StsErrors.denied("MultiFactorAuthentication failed: Belfry has no MFA devices.");
        }
        if (Sessions.isTemporary(call.principal().accessKeyId())) {
            throw StsErrors.denied("Cannot call GetSessionToken with session credentials");
        }
        int seconds = in.durationSeconds() == null ? DEFAULT_SECONDS : in.durationSeconds();
        Sessions.Holder holder = switch (call.principal()) {
            case Principal.Root root -> {
                seconds = Math.min(seconds, ROOT_MAX_SECONDS);
                yield new Sessions.Holder(root.account(), "root", "", "", "", List.of(), Map.of());
            }
            case Principal.IamUser user ->
                new Sessions.Holder(user.account(), "user", user.userName(), user.userId(), "", List.of(), Map.of());
            case Principal.AssumedRole role ->
                throw StsErrors.denied("Cannot call GetSessionToken with session credentials");
            case Principal.Anonymous nobody -> throw StsErrors.denied("Access Denied");
        };
        Sessions.Made made = sessions.make(tx, holder, Duration.ofSeconds(seconds), call.now());
        return new GetSessionTokenResponse().credentials(shown(made));
    }

    static Credentials shown(Sessions.Made made) {
        return new Credentials()
                .accessKeyId(made.keyId())
                .secretAccessKey(made.secret())
                .sessionToken(made.token())
                .expiration(made.expiresAt());
    }
}
