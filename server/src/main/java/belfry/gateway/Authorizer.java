package belfry.gateway;

import belfry.store.Tx;
import belfry.wire.Struct;
import org.jspecify.annotations.Nullable;

/** Decides whether a caller may do what was asked. It comes after authentication; a refusal is recorded. */
@FunctionalInterface
public interface Authorizer {
    /** Everybody may do everything: development mode. */
    Authorizer ALLOW_ALL = (call, service, operation, input) -> (tx, permission) -> {};

    /** What an authorised call has in its hands, to ask for more while it is carried out. */
    @FunctionalInterface
    interface Permit {
        /**
         * Returns where this is allowed too.
         *
         * @throws belfry.wire.ServiceException with AWS's access-denied code where it is not
         */
        void require(Tx tx, Permission permission);
    }

    /**
     * Returns where the call is allowed.
     *
     * @param service the service's short name
     * @param input not validated yet; null where the operation takes none
     * @throws belfry.wire.ServiceException with AWS's access-denied code where it is not
     */
    Permit authorize(Call call, String service, String operation, @Nullable Struct input);
}
