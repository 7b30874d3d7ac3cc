package belfry.gateway;

import belfry.wire.Invocation;
import belfry.wire.KeyLookup;
import belfry.wire.ServiceException;
import belfry.wire.SigV4;
import java.time.Instant;
import java.util.Set;

/** The default: every request is signed by a known access key, but for the two that links in mails make. */
public final class SecuredAuthenticator implements Authenticator {
    /** A token in the request stands for the signature (semantics: sns.md §3). */
    private static final Set<String> BY_TOKEN = Set.of("sns:ConfirmSubscription", "sns:Unsubscribe");

    private final SigV4 signatures;
    private final PrincipalLookup principals;
    private final String account;
    private final String region;

    /** @param principals whose an access key id is */
    public SecuredAuthenticator(KeyLookup keys, PrincipalLookup principals, String account, String region) {
        this.signatures = new SigV4(keys);
        this.principals = principals;
        this.account = account;
        this.region = region;
    }

    /** Whether what the request carries may stand for a signature. */
    static boolean byToken(Invocation invocation) {
        return BY_TOKEN.contains(invocation.service().name() + ":" + invocation.operation());
    }

    @Override
    public Caller authenticate(Invocation invocation, Instant now) {
        if (!SigV4.isSigned(invocation.request()) && byToken(invocation)) {
            return new Caller(new Principal.Anonymous(account), region, SigV4.unverified(invocation.request()));
        }
        SigV4.Verified verified = signatures.verify(invocation, now);
        String keyId = verified.credential().accessKeyId();
        Principal principal = principals
                .ownerOf(
                        keyId,
                        verified.credential().service(),
                        verified.credential().region(),
                        now)
                .orElseThrow(() -> ServiceException.of(
                        "InvalidClientTokenId", 403, "The security token included in the request is invalid."));
        return new Caller(principal, verified.credential().region(), verified.request());
    }
}
