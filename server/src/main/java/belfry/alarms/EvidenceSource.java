package belfry.alarms;

import belfry.metrics.MetricRef;
import belfry.store.Tx;
import java.time.Instant;

/** Finds the log events that a metric's samples were counted from. */
@FunctionalInterface
public interface EvidenceSource {
    /** The events of a metric in [from, to). */
    Evidence find(Tx tx, MetricRef metric, Instant from, Instant to);
}
