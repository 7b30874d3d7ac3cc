package belfry.gateway;

import belfry.wire.Credential;
import belfry.wire.Invocation;
import belfry.wire.SigV4;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Development mode: every caller is an administrator. The access key id names the caller, so that
 * {@code AWS_ACCESS_KEY_ID=mallory} shows up as the user mallory in the trail and in mails.
 */
public final class DevAuthenticator implements Authenticator {
    private static final String NOBODY = "developer";
    private static final Pattern MADE = Pattern.compile("A[KS]IA[A-Z2-7]{16}");

    private final PrincipalLookup principals;
    private final String account;
    private final String region;

    /** @param principals whose an access key is, for those who made one */
    public DevAuthenticator(PrincipalLookup principals, String account, String region) {
        this.principals = principals;
        this.account = account;
        this.region = region;
    }

    @Override
    public Caller authenticate(Invocation invocation, Instant now) {
        Credential claimed = Credential.of(invocation.request());
        if (claimed == null && SecuredAuthenticator.byToken(invocation)) {
            return new Caller(new Principal.Anonymous(account), region, SigV4.unverified(invocation.request()));
        }
        String keyId = claimed == null ? NOBODY : claimed.accessKeyId();
        Principal principal = owner(claimed, now).orElseGet(() -> named(keyId));
        return new Caller(
                principal, claimed == null ? region : claimed.region(), SigV4.unverified(invocation.request()));
    }

    /** Keys and sessions that were really made show up as their owners. */
    private Optional<Principal> owner(@Nullable Credential claimed, Instant now) {
        if (claimed == null || !MADE.matcher(claimed.accessKeyId()).matches()) {
            return Optional.empty();
        }
        return principals.ownerOf(claimed.accessKeyId(), claimed.service(), claimed.region(), now);
    }

    private Principal named(String keyId) {
        String name = keyId.replaceAll("[^A-Za-z0-9+=,.@_-]", "-");
        return new Principal.IamUser(account, keyId, name, userId(name), "/");
    }

    /** Stable for a name, and of the form that unique ids have. */
    private static String userId(String name) {
        String hash = HexFormat.of().toHexDigits(name.hashCode() * 0x9E37_79B9_7F4A_7C15L);
        return "AIDA" + hash.toUpperCase(Locale.ROOT);
    }
}
