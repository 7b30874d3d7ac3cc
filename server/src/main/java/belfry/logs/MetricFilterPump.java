package belfry.logs;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Pump;
import belfry.logs.blocks.BlockTable;
import belfry.store.Cursors;
import belfry.store.Store;
import belfry.store.Tx;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Follows the blocks as they arrive: evaluates the metric filters that were in force when each arrived, and writes down
 * what they report ({@link LogMatches}), the groups' own metrics and the streams' times.
 */
public final class MetricFilterPump implements Pump {
    /** Rung when blocks have been followed up; only then may they be merged. */
    static final Bell FOLLOWED = new Bell("logs.followed");

    static final String CURSOR = "logs.filters";

    private static final int SETTLED_AT_ONCE = 1_000;

    private final Store store;
    private final Clock clock;
    private final FilterSetCache compiled = new FilterSetCache();

    /** Evaluates what {@code store} holds; {@code clock} says when a minute is over. */
    public MetricFilterPump(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "logs.filters";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(BlockTable.APPENDED);
    }

    @Override
    public Optional<Instant> nextDue() {
        return store.read(DefaultValues::nextDue);
    }

    @Override
    public boolean step() {
        FilterBatch batch = store.read(tx -> FilterBatch.take(tx, Cursors.position(tx, CURSOR)));
        boolean due = store.read(DefaultValues::nextDue)
                .filter(time -> !time.isAfter(clock.now()))
                .isPresent();
        if (batch.isEmpty() && !due) {
            return false;
        }
        FilterResults results = FilterResults.of(batch, compiled);
        return store.write(tx -> write(tx, batch, results));
    }

    private boolean write(Tx tx, FilterBatch batch, FilterResults results) {
        Instant now = clock.now();
        for (FilterResults.FilterMatch match : results.matches()) {
            LogMatches.write(tx, draft(tx, match), now);
        }
        int volumes = IncomingVolumes.write(tx, results.volumes(), now);
        results.streams().forEach((stream, times) -> touch(tx, stream, times));
        results.minutes().forEach((filter, minutes) -> DefaultValues.note(tx, filter, minutes));
        int settled = DefaultValues.settle(tx, now, SETTLED_AT_ONCE);
        LogMatches.prune(tx, results.matches().size() + volumes + settled, now);
        DefaultValues.prune(tx, now);
        if (!batch.isEmpty()) {
            Cursors.advance(tx, CURSOR, batch.last());
            forgetPastFilters(tx, batch.last());
            tx.ring(FOLLOWED);
        }
        return batch.more() || settled == SETTLED_AT_ONCE;
    }

    private static LogMatches.Draft draft(Tx tx, FilterResults.FilterMatch match) {
        FilterDefinition definition = match.filter().definition();
        BlockEvaluation.Found found = match.found();
        String stream = LogStreamTable.nameOf(tx, found.streamId()).orElse("");
        return new LogMatches.Draft(
                match.group(),
                definition.namespace(),
                definition.metricName(),
                found.dimensions(),
                definition.unit() == null ? "None" : definition.unit(),
                found.value(),
                found.samples(),
                found.time(),
                match.filter().name(),
                new LogMatches.EventRef(
                        found.streamId(),
                        stream,
                        found.position() == null ? null : found.position().id()));
    }

    private static void touch(Tx tx, long stream, FilterResults.StreamTimes times) {
        tx.update(
                "UPDATE log_stream SET first_time = CASE WHEN first_time <= ? THEN first_time ELSE ? END,"
                        + " last_time = CASE WHEN last_time >= ? THEN last_time ELSE ? END,"
                        + " last_ingested = ? WHERE id = ?",
                times.first(),
                times.first(),
                times.last(),
                times.last(),
                times.ingested(),
                stream);
    }

    /** Definitions that count for no block still to come, unless a minute still waits for their default value. */
    private static void forgetPastFilters(Tx tx, long followed) {
        tx.update(
                "DELETE FROM log_metric_filter WHERE until_seq <= ? AND NOT EXISTS"
                        + " (SELECT 1 FROM log_filter_minute m WHERE m.filter_id = log_metric_filter.id AND m.state = 0)",
                followed);
    }
}
