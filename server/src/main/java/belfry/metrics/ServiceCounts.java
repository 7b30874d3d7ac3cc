package belfry.metrics;

import belfry.base.Bell;
import belfry.base.TextMap;
import belfry.store.Tx;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * What a service counts of its own work, for its metrics in {@code AWS/…}. Counting is one write in the transaction that does
 * the work; {@link ServiceCountFeed} makes datapoints of what has come together since it last looked, at once where nothing
 * else is to be done (docs/decisions/0707-service-metrics.md).
 *
 * @param dimensions by name; empty for all of the account
 */
public record ServiceCounts(String account, String region, String namespace, Map<String, String> dimensions) {
    /** Rung when something was counted. */
    static final Bell COUNTED = new Bell("metrics.counted");

    public ServiceCounts {
        dimensions = Map.copyOf(dimensions);
    }

    /** The same service's metric without dimensions. */
    public ServiceCounts ofAccount() {
        return new ServiceCounts(account, region, namespace, Map.of());
    }

    /** Counts one. */
    public void count(Tx tx, String name, Instant at) {
        measure(tx, name, "Count", 1, at);
    }

    /** Takes one sample, which must not be negative. */
    public void measure(Tx tx, String name, String unit, double value, Instant at) {
        tx.update(
                "INSERT INTO service_count (account, region, namespace, name, dimensions, unit, minute, sample_count,"
                        + " total, minimum, maximum) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)"
                        + " ON CONFLICT (account, region, namespace, name, dimensions, unit, minute) DO UPDATE SET"
                        + " sample_count = service_count.sample_count + 1,"
                        + " total = service_count.total + excluded.total,"
                        + " minimum = CASE WHEN excluded.minimum < service_count.minimum THEN excluded.minimum"
                        + " ELSE service_count.minimum END,"
                        + " maximum = CASE WHEN excluded.maximum > service_count.maximum THEN excluded.maximum"
                        + " ELSE service_count.maximum END",
                account,
                region,
                namespace,
                name,
                TextMap.write(dimensions),
                unit,
                at.truncatedTo(ChronoUnit.MINUTES),
                value,
                value,
                value);
        tx.ring(COUNTED);
    }
}
