package belfry.metrics;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Pump;
import belfry.engine.metric.Aggregate;
import belfry.store.Store;
import belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes old datapoints coarser, and drops the oldest, once an hour where there are any. */
public final class RollUp implements Pump {
    private static final int BATCH = 2_000;
    private static final Duration EVERY = Duration.ofHours(1);

    private final Store store;
    private final Clock clock;

    private record Old(Datapoints.Bucket bucket, Aggregate samples) {}

    public RollUp(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "metrics-rollup";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(Datapoints.ADDED, Bell.RESET);
    }

    @Override
    public boolean step() {
        Instant now = clock.now();
        if (!due(now)) {
            return false;
        }
        return store.write(tx -> {
            boolean more = false;
            for (Resolution resolution : Resolution.values()) {
                more |= age(tx, resolution, now);
            }
            tx.update("DELETE FROM metric WHERE newest < ?", now.minus(Resolution.HOUR.kept()));
            return more;
        });
    }

    /** The full hour by which the oldest datapoint of any resolution is due. */
    @Override
    public Optional<Instant> nextDue() {
        return store.read(tx -> {
            Instant earliest = null;
            for (Resolution resolution : Resolution.values()) {
                Instant due = tx.instant("SELECT MIN(at) FROM datapoint WHERE resolution = ?", resolution.seconds())
                        .map(oldest -> due(oldest, resolution))
                        .orElse(null);
                earliest = earlier(earliest, due);
            }
            return Optional.ofNullable(earliest);
        });
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    private static Instant due(Instant oldest, Resolution resolution) {
        long every = EVERY.toMillis();
        long end = oldest.plus(resolution.kept()).toEpochMilli();
        return Instant.ofEpochMilli((Math.floorDiv(end, every) + 1) * every);
    }

    /** Whole hours only, so that a coarser bucket gets all of its parts at once. */
    private static boolean age(Tx tx, Resolution resolution, Instant now) {
        Instant before = Instant.ofEpochMilli(Resolution.HOUR.bucket(now.minus(resolution.kept())));
        List<Old> old = tx.query(
                "SELECT metric, at, unit, sample_count, total, minimum, maximum, spread FROM datapoint"
                        + " WHERE resolution = ? AND at < ? ORDER BY at LIMIT ?",
                row -> new Old(
                        new Datapoints.Bucket(row.number(1), resolution, row.number(2), row.text(3)),
                        Aggregates.read(row, 4)),
                resolution.seconds(),
                before,
                BATCH);
        Resolution next = resolution.next();
        if (next != null) {
            coarser(old, next).forEach((bucket, samples) -> Datapoints.put(tx, bucket, samples));
        }
        for (Old one : old) {
            tx.update(
                    "DELETE FROM datapoint WHERE metric = ? AND resolution = ? AND at = ? AND unit = ?",
                    one.bucket().metric(),
                    resolution.seconds(),
                    one.bucket().at(),
                    one.bucket().unit());
        }
        return old.size() == BATCH;
    }

    private static Map<Datapoints.Bucket, Aggregate> coarser(List<Old> old, Resolution next) {
        Map<Datapoints.Bucket, Aggregate> sums = new LinkedHashMap<>();
        for (Old one : old) {
            long at = next.bucket(Instant.ofEpochMilli(one.bucket().at()));
            sums.merge(
                    new Datapoints.Bucket(
                            one.bucket().metric(), next, at, one.bucket().unit()),
                    one.samples(),
                    Aggregate::merge);
        }
        return sums;
    }
}
