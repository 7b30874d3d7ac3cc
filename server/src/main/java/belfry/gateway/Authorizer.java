package belfry.gateway;

import belfry.store.Tx;
import belfry.wire.Struct;
import org.jspecify.annotations.Nullable;

/** Decides whether a caller may do what was asked. It comes after authentication; a refusal is recorded. */
public interface Authorizer {
    /** Everybody may do everything: development mode. */
    Authorizer ALLOW_ALL = new Authorizer() {
        @Override
        public void authorize(Call call, String service, String operation, @Nullable Struct input) {
            // Nothing is asked.
        }

        @Override
        public void require(Call call, Tx tx, Permission permission) {
            // Nothing is asked.
        }
    };

    /**
     * Returns where the call is allowed.
     *
     * @param service the service's short name
     * @param input not validated yet; null where the operation takes none
     * @throws belfry.wire.ServiceException with AWS's access-denied code where it is not
     */
    void authorize(Call call, String service, String operation, @Nullable Struct input);

    /**
     * The same for one thing more that a call turns out to need while it is carried out.
     *
     * @throws belfry.wire.ServiceException with AWS's access-denied code where it is not allowed
     */
    void require(Call call, Tx tx, Permission permission);
}
