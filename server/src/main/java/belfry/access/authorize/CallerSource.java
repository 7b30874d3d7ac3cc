package belfry.access.authorize;

import belfry.gateway.Principal;
import belfry.store.Tx;

/** Where a caller's policies are found. */
@FunctionalInterface
public interface CallerSource {
    /** The policies as this transaction sees them; none for a principal that no longer exists. */
    CallerPolicies of(Tx tx, Principal principal);
}
