package belfry.gateway;

/** Decides whether a caller may do what was asked. It comes after authentication; a refusal is recorded. */
@FunctionalInterface
public interface Authorizer {
    /** Everybody may do everything: development mode. */
    Authorizer ALLOW_ALL = (call, service, operation) -> {};

    /**
     * Returns where the call is allowed.
     *
     * @param service the service's short name
     * @throws belfry.wire.ServiceException with AWS's access-denied code where it is not
     */
    void authorize(Call call, String service, String operation);
}
