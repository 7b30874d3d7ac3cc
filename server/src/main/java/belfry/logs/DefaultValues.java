package belfry.logs;

import belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Default values of metric filters: one for each minute in which the group had events and none matched, told when the
 * minute is over (docs/decisions/0601). Events that come later than that can no longer take it back.
 */
final class DefaultValues {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int PRUNED_AT_ONCE = 200;

    private DefaultValues() {}

    /** Notes in which minutes a filter has seen events, and whether one matched. */
    static void note(Tx tx, long filterId, SortedMap<Long, Boolean> minutes) {
        minutes.forEach((minute, matched) -> tx.update(
                "INSERT INTO log_filter_minute (filter_id, minute, state) VALUES (?, ?, ?)"
                        + " ON CONFLICT (filter_id, minute) DO UPDATE SET state = 1 WHERE excluded.state = 1",
                filterId,
                minute,
                matched ? 1 : 0));
    }

    /** Tells the defaults of minutes that are over; how many there were, at most {@code limit}. */
    static int settle(Tx tx, Instant now, int limit) {
        record Open(long filterId, long minute) {}
        List<Open> over = tx.query(
                "SELECT filter_id, minute FROM log_filter_minute WHERE state = 0 AND minute < ?"
                        + " ORDER BY minute, filter_id LIMIT ?",
                row -> new Open(row.number(1), row.number(2)),
                minuteOf(now),
                limit);
        for (Open open : over) {
            tx.update(
                    "UPDATE log_filter_minute SET state = 1 WHERE filter_id = ? AND minute = ?",
                    open.filterId(),
                    open.minute());
            MetricFilterRow.byId(tx, open.filterId()).ifPresent(filter -> tell(tx, filter, open.minute(), now));
        }
        return over.size();
    }

    private static void tell(Tx tx, MetricFilterRow filter, long minute, Instant now) {
        FilterDefinition definition = filter.definition();
        Double value = definition.defaultValue();
        Optional<LogGroupRow> group = LogGroupTable.byId(tx, filter.groupId());
        if (value != null && group.isPresent()) {
            LogMatches.Draft draft = new LogMatches.Draft(
                    group.get(),
                    definition.namespace(),
                    definition.metricName(),
                    "{}",
                    definition.unit() == null ? "None" : definition.unit(),
                    value,
                    1,
                    minute * MINUTE.toMillis(),
                    filter.name(),
                    null);
            LogMatches.write(tx, draft, now);
        }
    }

    /** When the next minute is over that waits for it. */
    static Optional<Instant> nextDue(Tx tx) {
        return tx.first(
                "SELECT minute FROM log_filter_minute WHERE state = 0 ORDER BY minute LIMIT 1",
                row -> Instant.ofEpochMilli((row.number(1) + 1) * MINUTE.toMillis()));
    }

    /** Minutes so old that no event can be put into them any more. */
    static void prune(Tx tx, Instant now) {
        tx.update(
                "DELETE FROM log_filter_minute WHERE (filter_id, minute) IN"
                        + " (SELECT filter_id, minute FROM log_filter_minute WHERE minute < ? ORDER BY minute LIMIT ?)",
                minuteOf(now.minus(Duration.ofDays(15))),
                PRUNED_AT_ONCE);
    }

    private static long minuteOf(Instant time) {
        return time.toEpochMilli() / MINUTE.toMillis();
    }
}
