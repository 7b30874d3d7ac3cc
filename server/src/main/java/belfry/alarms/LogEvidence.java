package belfry.alarms;

import belfry.logs.MatchedEvents;
import belfry.metrics.MetricRef;
import belfry.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Evidence from the log groups whose metric filters count the metrics. */
public final class LogEvidence implements EvidenceSource {
    /** The same event, whichever filters matched it. */
    private record Identity(Instant at, String group, String stream, String message) {}

    @Override
    public Evidence find(Tx tx, Set<MetricRef> metrics, Instant from, Instant to) {
        List<Evidence.Event> found = new ArrayList<>();
        long all = 0;
        for (MetricRef metric : metrics) {
            List<Evidence.Event> events = newest(tx, metric, from, to);
            found.addAll(events);
            all += events.isEmpty() ? 0 : count(tx, metric, from, to);
        }
        if (metrics.size() == 1 || found.isEmpty()) {
            return found.isEmpty() ? Evidence.NONE : Evidence.of(found, all);
        }
        Map<Identity, Evidence.Event> each = new LinkedHashMap<>();
        found.stream()
                .sorted(Comparator.comparing(Evidence.Event::at).reversed())
                .forEach(event -> each.putIfAbsent(
                        new Identity(event.at(), event.group(), event.stream(), event.message()), event));
        int twice = found.size() - each.size();
        return Evidence.of(each.values().stream().limit(Evidence.COUNTED).toList(), all - twice);
    }

    private static List<Evidence.Event> newest(Tx tx, MetricRef metric, Instant from, Instant to) {
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
        return matched.isEmpty() ? List.of() : Sightings.judge(tx, metric.account(), matched);
    }

    private static long count(Tx tx, MetricRef metric, Instant from, Instant to) {
        var key = metric.key();
        return MatchedEvents.count(
                tx, metric.account(), metric.region(), key.namespace(), key.name(), key.dimensions(), from, to);
    }
}
