package belfry.trail;

import belfry.engine.insight.Baseline;
import belfry.engine.insight.RateRule;
import belfry.store.Cursors;
import belfry.store.Row;
import belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Judges each minute once it is over, and begins and ends insights (docs/decisions/0420). */
final class InsightMinutes {
    /** The last judged minute. */
    private static final String CLOSED = "trail.insights.closed";

    private static final int HOUR = 60;

    private final InsightRecords records;
    private final long baseline;

    InsightMinutes(InsightRecords records, Duration baseline) {
        this.records = records;
        this.baseline = baseline.toMinutes();
    }

    /** Minutes from 1970. */
    static long minute(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), 60L);
    }

    static Instant instant(long minute) {
        return Instant.ofEpochSecond(minute * 60);
    }

    static long closed(Tx tx) {
        return Cursors.position(tx, CLOSED);
    }

    /** When a minute is over that has calls, or an insight has been quiet for long enough. */
    static Optional<Instant> due(Tx tx) {
        return tx.first(
                        "SELECT MIN(minute) FROM (SELECT MIN(minute) + 1 AS minute FROM insight_minute WHERE closed = 0"
                                + " UNION ALL SELECT MIN(latest) + ? FROM insight_episode) AS next",
                        row -> Optional.ofNullable(row.numberOrNull(1)).map(InsightMinutes::instant),
                        RateRule.QUIET_MINUTES + 1)
                .flatMap(due -> due);
    }

    /** Judges all that was before {@code current}. */
    void close(Tx tx, long current) {
        if (due(tx).filter(due -> minute(due) <= current).isEmpty()) {
            return;
        }
        List<Long> open = tx.query(
                "SELECT DISTINCT minute FROM insight_minute WHERE closed = 0 AND minute < ? ORDER BY minute",
                row -> row.number(1),
                current);
        for (long minute : open) {
            endQuiet(tx, minute - 1);
            counted(tx, minute).forEach(count -> judge(tx, count));
        }
        endQuiet(tx, current - 1);
        if (closed(tx) / HOUR < (current - 1) / HOUR) {
            forget(tx, current - baseline - HOUR);
        }
        Cursors.advance(tx, CLOSED, Math.max(closed(tx), current - 1));
    }

    /** A series' minute. */
    private record Count(InsightSeries series, long minute, long calls) {}

    private static List<Count> counted(Tx tx, long minute) {
        return tx.query(
                "SELECT " + InsightSeries.COLUMNS + ", m.calls FROM insight_minute m JOIN insight_series s"
                        + " ON s.id = m.series WHERE m.closed = 0 AND m.minute = ? ORDER BY s.id",
                row -> new Count(InsightSeries.of(row), minute, row.number(InsightSeries.COUNT + 1)),
                minute);
    }

    private void judge(Tx tx, Count count) {
        Optional<Baseline> before = before(tx, count);
        if (before.isEmpty() || !RateRule.unusual(before.get(), count.calls())) {
            learn(tx, count, count.calls());
            return;
        }
        InsightSeries series = count.series();
        if (InsightEpisode.of(tx, series).isEmpty()) {
            records.start(tx, series, count.minute(), before.get(), from(tx, count));
        } else {
            InsightEpisode.unusualAt(tx, series, count.minute());
        }
        InsightSeries.Spell spell = series.spell().with(count.minute());
        InsightSeries.keep(tx, series, spell);
        // One attack must not make the next one usual.
        learn(
                tx,
                count,
                spell.lasting() ? count.calls() : Math.round(before.get().average()));
    }

    private static void learn(Tx tx, Count count, long calls) {
        tx.update(
                "INSERT INTO insight_hour (series, hour, total, squares) VALUES (?, ?, ?, ?) ON CONFLICT (series, hour)"
                        + " DO UPDATE SET total = insight_hour.total + excluded.total,"
                        + " squares = insight_hour.squares + excluded.squares",
                count.series().id(),
                count.minute() / HOUR,
                calls,
                (double) calls * calls);
        tx.update(
                "UPDATE insight_minute SET closed = 1 WHERE series = ? AND minute = ?",
                count.series().id(),
                count.minute());
    }

    /** The first minute of the baseline: a whole hour, or when the trail began to look. */
    private long from(Tx tx, Count count) {
        long since = tx.count(
                "SELECT since FROM trail_insight WHERE trail_id = ? AND kind = ?",
                count.series().trailId(),
                count.series().kind().text());
        return Math.max(since, (count.minute() - baseline) / HOUR * HOUR);
    }

    private Optional<Baseline> before(Tx tx, Count count) {
        long from = from(tx, count);
        if (from >= count.minute()) {
            return Optional.empty();
        }
        return tx.first(
                "SELECT COALESCE(SUM(total), 0), COALESCE(SUM(squares), 0) FROM insight_hour WHERE series = ? AND hour >= ?",
                (Row row) -> new Baseline(count.minute() - from, row.decimal(1), row.decimal(2)),
                count.series().id(),
                from / HOUR);
    }

    private void endQuiet(Tx tx, long judged) {
        for (InsightSeries series : InsightEpisode.quietSince(tx, judged - RateRule.QUIET_MINUTES)) {
            records.end(tx, series, InsightEpisode.of(tx, series).orElseThrow());
        }
    }

    private static void forget(Tx tx, long before) {
        tx.update("DELETE FROM insight_minute WHERE minute < ? AND closed = 1", before);
        tx.update("DELETE FROM insight_attribute WHERE minute < ?", before);
        tx.update("DELETE FROM insight_hour WHERE hour < ?", before / HOUR);
    }
}
