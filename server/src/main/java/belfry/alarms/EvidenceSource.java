package belfry.alarms;

import belfry.metrics.MetricRef;
import belfry.store.Tx;
import java.time.Instant;
import java.util.Set;

/** Finds the log events that an alarm's metrics were counted from. */
@FunctionalInterface
public interface EvidenceSource {
    /** The events of all the metrics in [from, to), each once. */
    Evidence find(Tx tx, Set<MetricRef> metrics, Instant from, Instant to);
}
