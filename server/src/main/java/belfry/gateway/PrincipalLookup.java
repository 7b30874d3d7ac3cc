package belfry.gateway;

import java.time.Instant;
import java.util.Optional;

/** Whose an access key is. */
@FunctionalInterface
public interface PrincipalLookup {
    /**
     * The owner of a key that has just signed a call, which is noted as its last use; empty where there is no such key, it
     * is inactive, or its owner is gone.
     *
     * @param service as the signature names it
     */
    Optional<Principal> ownerOf(String accessKeyId, String service, String region, Instant now);
}
