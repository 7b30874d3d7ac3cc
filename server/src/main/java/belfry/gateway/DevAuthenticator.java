package belfry.gateway;

import belfry.wire.Credential;
import belfry.wire.Invocation;
import belfry.wire.SigV4;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Development mode: every caller is an administrator. The access key id names the caller, so that
 * {@code AWS_ACCESS_KEY_ID=mallory} shows up as the user mallory in the trail and in mails.
 */
public final class DevAuthenticator implements Authenticator {
    private static final String NOBODY = "developer";

    private final String account;
    private final String region;

    public DevAuthenticator(String account, String region) {
        this.account = account;
        this.region = region;
    }

    @Override
    public Caller authenticate(Invocation invocation, Instant now) {
        Credential claimed = Credential.of(invocation.request());
        String keyId = claimed == null ? NOBODY : claimed.accessKeyId();
        String name = keyId.replaceAll("[^A-Za-z0-9+=,.@_-]", "-");
        Principal principal = new Principal.IamUser(account, keyId, name, userId(name), "/");
        return new Caller(
                principal, claimed == null ? region : claimed.region(), SigV4.unverified(invocation.request()));
    }

    /** Stable for a name, and of the form that unique ids have. */
    private static String userId(String name) {
        String hash = HexFormat.of().toHexDigits(name.hashCode() * 0x9E37_79B9_7F4A_7C15L);
        return "AIDA" + hash.toUpperCase(Locale.ROOT);
    }
}
