package belfry.access;

import belfry.gateway.Principal;
import belfry.gateway.PrincipalLookup;
import belfry.store.Store;
import belfry.wire.KeyLookup;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All keys that may sign: lasting ones of users and the root, and those of sessions. */
public final class Credentials implements KeyLookup, PrincipalLookup {
    /** How old the note of a key's last use may grow before it is written anew. */
    private static final Duration USE_GRAIN = Duration.ofMinutes(15);

    private final Store store;
    private final AccessKeys keys;
    private final Sessions sessions;

    public Credentials(Store store, AccessKeys keys, Sessions sessions) {
        this.store = store;
        this.keys = keys;
        this.sessions = sessions;
    }

    @Override
    public @Nullable Key find(String accessKeyId) {
        return Sessions.isTemporary(accessKeyId)
                ? store.read(tx -> sessions.key(tx, accessKeyId)).orElse(null)
                : keys.find(accessKeyId);
    }

    @Override
    public Optional<Principal> ownerOf(String accessKeyId, String service, String region, Instant now) {
        if (Sessions.isTemporary(accessKeyId)) {
            return store.read(tx -> Sessions.principal(tx, accessKeyId));
        }
        Optional<AccessKeys.Owned> owned = store.read(tx -> AccessKeys.owned(tx, accessKeyId));
        boolean stale = owned.filter(key -> key.usedAt() == null || key.usedAt().isBefore(now.minus(USE_GRAIN)))
                .isPresent();
        if (stale) {
            store.change(tx -> AccessKeys.used(tx, accessKeyId, service, region, now));
        }
        return owned.map(AccessKeys.Owned::owner);
    }
}
