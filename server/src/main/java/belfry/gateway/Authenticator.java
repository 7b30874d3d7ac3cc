package belfry.gateway;

import belfry.wire.Invocation;
import belfry.wire.WireRequest;
import java.time.Instant;

/** Finds out who calls. */
@FunctionalInterface
public interface Authenticator {
    /**
     * Who called, and the request as it is to be decoded.
     *
     * @param region the region that the call is for
     * @param accepted the request, its body's signatures checked as it is read
     */
    record Caller(Principal principal, String region, WireRequest accepted) {}

    /**
     * Checks the credentials of a request.
     *
     * @throws belfry.wire.ServiceException with the code that AWS answers in the request's protocol
     */
    Caller authenticate(Invocation invocation, Instant now);
}
