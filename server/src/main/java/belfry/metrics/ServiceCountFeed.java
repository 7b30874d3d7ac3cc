package belfry.metrics;

import belfry.base.Bell;
import belfry.base.Pump;
import belfry.engine.metric.Aggregate;
import belfry.engine.metric.StatisticSet;
import belfry.store.Row;
import belfry.store.Store;
import java.util.List;
import java.util.Set;

/** Adds to the metrics what services have counted ({@link ServiceCounts}), each sample once. */
public final class ServiceCountFeed implements Pump {
    private static final int BATCH = 1_000;

    private record Counted(long seq, Sample sample) {}

    private final Store store;

    public ServiceCountFeed(Store store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "metrics-services";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(ServiceCounts.COUNTED);
    }

    @Override
    public boolean step() {
        return store.write(tx -> {
            List<Counted> counted = tx.query(
                    "SELECT account, region, namespace, name, dimensions, unit, minute, sample_count, total, minimum,"
                            + " maximum, seq FROM service_count ORDER BY seq LIMIT ?",
                    row -> new Counted(row.number(12), sample(row)),
                    BATCH);
            if (counted.isEmpty()) {
                return false;
            }
            Datapoints.add(tx, counted.stream().map(Counted::sample).toList());
            tx.update(
                    "DELETE FROM service_count WHERE seq <= ?",
                    counted.getLast().seq());
            return counted.size() == BATCH;
        });
    }

    private static Sample sample(Row row) {
        MetricRef metric = MetricRef.read(row.text(1), row.text(2), row.text(3), row.text(4), row.text(5));
        var set = new StatisticSet(row.decimal(8), row.decimal(9), row.decimal(10), row.decimal(11));
        return new Sample(metric, row.text(6), false, row.instant(7), Aggregate.of(set), true);
    }
}
