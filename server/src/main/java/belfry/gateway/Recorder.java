package belfry.gateway;

import belfry.store.Tx;

/**
 * Writes the audit record of a finished call into the call's own transaction. If it throws, nothing is committed and the
 * caller gets an error and no secret.
 */
@FunctionalInterface
public interface Recorder {
    void record(Tx tx, Exchange exchange);

    /** Whether calls of this operation are recorded at all, so that reads of data need no transaction of their own. */
    default boolean wants(String service, String operation) {
        return true;
    }
}
