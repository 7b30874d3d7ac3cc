package belfry.access.authorize;

import belfry.gateway.Call;
import belfry.gateway.Guarded;
import belfry.store.Tx;
import java.util.Optional;

/** Finds what a call names. Each stage knows how its own resources are named and what policies they have. */
@FunctionalInterface
public interface ResourceFinder {
    /**
     * The resource; where there is none, what it would be, so that a refusal does not tell whether it exists. Throws
     * nothing for what is written badly: that is found out later, by those who may ask at all.
     *
     * @param typed as the caller wrote it; empty where the request leaves it out
     * @param members the whole request
     */
    Guarded find(Tx tx, Call call, Optional<String> typed, Members members);
}
