package belfry.gateway;

import belfry.store.Tx;

/**
 * Writes the audit record of a finished call into the call's own transaction. If it throws, nothing is committed and the
 * caller gets an error and no secret.
 */
@FunctionalInterface
public interface Recorder {
    void record(Tx tx, Exchange exchange);
}
