package belfry.metrics;

import belfry.base.Bell;
import belfry.base.Pump;
import belfry.engine.metric.Aggregate;
import belfry.logs.LogMatches;
import belfry.store.Cursors;
import belfry.store.Store;
import java.util.List;
import java.util.Set;

/** Adds to the metrics what the metric filters found, each match once. */
public final class MatchFeed implements Pump {
    private static final int BATCH = 1_000;

    private final Store store;

    public MatchFeed(Store store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "metrics-matches";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(LogMatches.MATCHED);
    }

    @Override
    public boolean step() {
        return store.write(tx -> {
            List<LogMatches.Reported> rows = LogMatches.after(tx, Cursors.position(tx, LogMatches.FOLLOWER), BATCH);
            if (rows.isEmpty()) {
                return false;
            }
            // A filter put before names were checked may have none: it must not hold up all others.
            Datapoints.add(
                    tx,
                    rows.stream()
                            .filter(row ->
                                    !row.namespace().isEmpty() && !row.metric().isEmpty())
                            .map(MatchFeed::sample)
                            .toList());
            Cursors.advance(tx, LogMatches.FOLLOWER, rows.getLast().seq());
            return rows.size() == BATCH;
        });
    }

    private static Sample sample(LogMatches.Reported row) {
        MetricRef metric = MetricRef.read(row.account(), row.region(), row.namespace(), row.metric(), row.dimensions());
        return new Sample(
                metric, row.unit(), false, row.time(), Aggregate.of(row.value(), (double) row.samples()), true);
    }
}
