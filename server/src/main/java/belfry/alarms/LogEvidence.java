package belfry.alarms;

import belfry.logs.MatchedEvents;
import belfry.metrics.MetricRef;
import belfry.store.Tx;
import java.time.Instant;
import java.util.List;

/** Evidence from the log groups whose metric filters count the metric. */
public final class LogEvidence implements EvidenceSource {
    @Override
    public Evidence find(Tx tx, MetricRef metric, Instant from, Instant to) {
        var key = metric.key();
        List<Evidence.Event> newest = MatchedEvents.newest(
                        tx,
                        metric.account(),
                        metric.region(),
                        key.namespace(),
                        key.name(),
                        key.dimensions(),
                        from,
                        to,
                        Evidence.SHOWN)
                .stream()
                .map(event -> new Evidence.Event(
                        event.time(),
                        event.logGroup(),
                        event.logStream(),
                        event.message().orElse("")))
                .toList();
        long all = MatchedEvents.count(
                tx, metric.account(), metric.region(), key.namespace(), key.name(), key.dimensions(), from, to);
        return new Evidence(newest, Math.max(0, all - newest.size()));
    }
}
