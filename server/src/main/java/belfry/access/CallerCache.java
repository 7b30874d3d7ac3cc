package belfry.access;

import belfry.access.authorize.CallerPolicies;
import belfry.access.authorize.CallerSource;
import belfry.gateway.Principal;
import belfry.store.Tx;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Callers' policies, parsed once for each {@link AccessVersion}. */
public final class CallerCache implements CallerSource {
    private static final int MOST = 1_024;

    private record Kept(String version, CallerPolicies policies) {}

    private final CallerSource source;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    /** @param source where they come from when they are not kept, or no longer true */
    public CallerCache(CallerSource source) {
        this.source = source;
    }

    @Override
    public CallerPolicies of(Tx tx, Principal principal) {
        if (principal instanceof Principal.Root) {
            return CallerPolicies.NONE;
        }
        String version = AccessVersion.of(tx, principal.account());
        Kept known = kept.get(principal.accessKeyId());
        if (known != null && known.version().equals(version)) {
            return known.policies();
        }
        if (kept.size() >= MOST) {
            kept.clear();
        }
        CallerPolicies read = source.of(tx, principal);
        kept.put(principal.accessKeyId(), new Kept(version, read));
        return read;
    }
}
