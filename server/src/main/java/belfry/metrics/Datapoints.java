package belfry.metrics;

import belfry.base.Bell;
import belfry.engine.metric.Aggregate;
import belfry.engine.metric.Datapoint;
import belfry.store.Row;
import belfry.store.Slots;
import belfry.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The datapoints of all metrics: added up per metric, unit and minute as they come, read as a range. */
public final class Datapoints {
    /** Rung when samples were added: there are rows in {@code metric_change}. */
    public static final Bell ADDED = new Bell("metrics.added");

    /** How many metrics can be read at once. */
    public static final int AT_ONCE = 64;

    private static final String OF_SEVERAL =
            "SELECT at, unit, sample_count, total, minimum, maximum, spread, metric FROM datapoint"
                    + " WHERE resolution = ? AND at >= ? AND at < ? AND metric IN (" + Slots.of(AT_ONCE)
                    + ") ORDER BY metric, at";

    private static final String FIND = "SELECT id FROM metric WHERE account = ? AND region = ? AND namespace = ?"
            + " AND name = ? AND dimensions = ?";

    /** Where a datapoint lies; {@code at} is the bucket's start in epoch milliseconds. */
    record Bucket(long metric, Resolution resolution, long at, String unit) {}

    private record Minute(long metric, long at) {}

    /** What a batch of samples tells of a metric. */
    private record Seen(Instant newest, boolean neverNegative) {
        Seen merge(Seen other) {
            return new Seen(newest.isAfter(other.newest) ? newest : other.newest, neverNegative && other.neverNegative);
        }
    }

    private record OfOne(long metric, Datapoint datapoint) {}

    private Datapoints() {}

    /** Adds samples. Those of one metric, unit and minute become one row, however many they are. */
    public static void add(Tx tx, Collection<Sample> samples) {
        Map<MetricRef, Long> ids = touch(tx, samples);
        Map<Bucket, Aggregate> buckets = new LinkedHashMap<>();
        for (Sample sample : samples) {
            long id = ids.getOrDefault(sample.metric(), 0L);
            buckets.merge(bucket(id, Resolution.MINUTE, sample), sample.samples(), Aggregate::merge);
            if (sample.highResolution()) {
                buckets.merge(bucket(id, Resolution.SECOND, sample), sample.samples(), Aggregate::merge);
            }
        }
        Map<Minute, Boolean> minutes = new LinkedHashMap<>();
        buckets.forEach((bucket, added) -> {
            put(tx, bucket, added);
            if (bucket.resolution() == Resolution.MINUTE
                    && minutes.put(new Minute(bucket.metric(), bucket.at()), true) == null) {
                tx.update("INSERT INTO metric_change (metric, at) VALUES (?, ?)", bucket.metric(), bucket.at());
            }
        });
        if (!minutes.isEmpty()) {
            tx.ring(ADDED);
        }
    }

    /**
     * The datapoints of a metric whose buckets start in [from, to), oldest first.
     *
     * @param unit only datapoints of this unit; null for all
     * @param period what they are to be added up to, in seconds: below a minute there are only high-resolution samples
     */
    public static List<Datapoint> read(
            Tx tx, MetricRef metric, @Nullable String unit, Instant from, Instant to, int period) {
        Optional<Long> id = find(tx, metric);
        if (id.isEmpty()) {
            return List.of();
        }
        List<Datapoint> found = new ArrayList<>();
        for (Resolution part : Resolution.ofPeriod(period)) {
            found.addAll(tx.query(
                    "SELECT at, unit, sample_count, total, minimum, maximum, spread FROM datapoint"
                            + " WHERE metric = ? AND resolution = ? AND at >= ? AND at < ? ORDER BY at",
                    Datapoints::datapoint,
                    id.get(),
                    part.seconds(),
                    from,
                    to));
        }
        if (unit != null) {
            found.removeIf(point -> !point.unit().equals(unit));
        }
        found.sort(Comparator.comparingLong(Datapoint::start));
        return found;
    }

    /**
     * The same as {@link #read} for several metrics at once, by their ids: the datapoints of those that have any.
     *
     * @param metrics at most {@link #AT_ONCE}
     */
    public static Map<Long, List<Datapoint>> read(
            Tx tx, Collection<Long> metrics, Instant from, Instant to, int period) {
        Map<Long, List<Datapoint>> found = new HashMap<>();
        List<Resolution> parts = Resolution.ofPeriod(period);
        for (Resolution part : parts) {
            List<Object> parameters = new ArrayList<>(List.of(part.seconds(), from, to));
            parameters.addAll(Slots.fill(metrics, AT_ONCE));
            tx.query(OF_SEVERAL, Datapoints::ofOne, parameters.toArray())
                    .forEach(one -> found.computeIfAbsent(one.metric(), id -> new ArrayList<>())
                            .add(one.datapoint()));
        }
        if (parts.size() > 1) {
            found.values().forEach(points -> points.sort(Comparator.comparingLong(Datapoint::start)));
        }
        return found;
    }

    /**
     * Whether the metric is known to have no negative samples: all were counted from log events, and none was negative. So
     * its sum can only grow.
     */
    public static boolean neverNegative(Tx tx, MetricRef metric) {
        return find(tx, metric)
                .map(id -> tx.count("SELECT never_negative FROM metric WHERE id = ?", id) == 1)
                .orElse(false);
    }

    static Optional<Long> find(Tx tx, MetricRef metric) {
        return tx.first(FIND, row -> row.number(1), place(metric));
    }

    private static OfOne ofOne(Row row) {
        return new OfOne(row.number(8), datapoint(row));
    }

    private static Datapoint datapoint(Row row) {
        return new Datapoint(row.number(1) / 1000, row.text(2), Aggregates.read(row, 3));
    }

    private static Bucket bucket(long metric, Resolution resolution, Sample sample) {
        return new Bucket(metric, resolution, resolution.bucket(sample.at()), sample.unit());
    }

    /** The ids of the samples' metrics; a metric appears here, with its first sample. */
    private static Map<MetricRef, Long> touch(Tx tx, Collection<Sample> samples) {
        Map<MetricRef, Seen> seen = new LinkedHashMap<>();
        for (Sample sample : samples) {
            seen.merge(sample.metric(), new Seen(sample.at(), sample.neverNegative()), Seen::merge);
        }
        Map<MetricRef, Long> ids = new HashMap<>();
        seen.forEach((metric, what) -> {
            tx.update(
                    "INSERT INTO metric (account, region, namespace, name, dimensions, newest, never_negative)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)"
                            + " ON CONFLICT (account, region, namespace, name, dimensions) DO UPDATE SET"
                            + " newest = CASE WHEN metric.newest < excluded.newest THEN excluded.newest"
                            + " ELSE metric.newest END,"
                            + " never_negative = metric.never_negative * excluded.never_negative",
                    metric.account(),
                    metric.region(),
                    metric.key().namespace(),
                    metric.key().name(),
                    metric.dimensionText(),
                    what.newest(),
                    what.neverNegative());
            ids.put(metric, find(tx, metric).orElseThrow());
        });
        return ids;
    }

    private static Object[] place(MetricRef metric) {
        return new Object[] {
            metric.account(),
            metric.region(),
            metric.key().namespace(),
            metric.key().name(),
            metric.dimensionText()
        };
    }

    /** Adds to what lies in a bucket. */
    static void put(Tx tx, Bucket bucket, Aggregate added) {
        Optional<Aggregate> there = tx.first(
                "SELECT sample_count, total, minimum, maximum, spread FROM datapoint"
                        + " WHERE metric = ? AND resolution = ? AND at = ? AND unit = ?",
                row -> Aggregates.read(row, 1),
                bucket.metric(),
                bucket.resolution().seconds(),
                bucket.at(),
                bucket.unit());
        Aggregate sum = there.map(before -> before.merge(added)).orElse(added);
        tx.update(
                "INSERT INTO datapoint (metric, resolution, at, unit, sample_count, total, minimum, maximum, spread)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (metric, resolution, at, unit) DO UPDATE SET"
                        + " sample_count = excluded.sample_count, total = excluded.total,"
                        + " minimum = excluded.minimum, maximum = excluded.maximum, spread = excluded.spread",
                bucket.metric(),
                bucket.resolution().seconds(),
                bucket.at(),
                bucket.unit(),
                sum.set().sampleCount(),
                sum.set().sum(),
                sum.set().min(),
                sum.set().max(),
                Aggregates.spread(sum));
    }
}
