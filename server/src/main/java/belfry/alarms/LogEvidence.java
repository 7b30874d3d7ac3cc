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
        List<MatchedEvents.Matched> matched = MatchedEvents.newest(
                tx,
                metric.account(),
                metric.region(),
                key.namespace(),
                key.name(),
                key.dimensions(),
                from,
                to,
                Evidence.COUNTED);
        if (matched.isEmpty()) {
            return Evidence.NONE;
        }
        long all = MatchedEvents.count(
                tx, metric.account(), metric.region(), key.namespace(), key.name(), key.dimensions(), from, to);
        return Evidence.of(Sightings.judge(tx, metric.account(), matched), all);
    }
}
