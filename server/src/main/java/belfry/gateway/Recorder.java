package belfry.gateway;

import belfry.store.Tx;
import java.util.List;

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

    /** Whether a call leaves any record: its own, or one of what services did meanwhile for the caller. */
    default boolean wants(String service, String operation, List<OnBehalf> inner) {
        return !inner.isEmpty() || wants(service, operation);
    }
}
