package belfry.trail;

import belfry.store.Row;
import belfry.store.Tx;
import java.time.Duration;

/**
 * What is counted for itself.
 *
 * @param error empty for rates of calls
 * @param spell its latest
 */
record InsightSeries(
        long id,
        long trailId,
        String account,
        String region,
        InsightKind kind,
        String source,
        String name,
        String error,
        Spell spell) {
    /** Unusual minutes that came within a day of each other: the first and the last so far. */
    record Spell(long from, long latest) {
        private static final long DAY = Duration.ofDays(1).toMinutes();

        /** The spell with one more unusual minute, or a new one. */
        Spell with(long minute) {
            return minute - latest < DAY ? new Spell(from, minute) : new Spell(minute, minute);
        }

        /** What has come again and again for more than a day is about to be usual. */
        boolean lasting() {
            return latest - from >= DAY;
        }
    }

    static final String COLUMNS = "s.id, s.trail_id, s.account, s.region, s.kind, s.source, s.name, s.error,"
            + " s.spell_from, s.spell_latest";
    static final int COUNT = 10;

    static InsightSeries of(Row row) {
        return new InsightSeries(
                row.number(1),
                row.number(2),
                row.text(3),
                row.text(4),
                InsightKind.of(row.text(5)),
                row.text(6),
                row.text(7),
                row.text(8),
                new Spell(row.number(9), row.number(COUNT)));
    }

    static void keep(Tx tx, InsightSeries series, Spell spell) {
        tx.update(
                "UPDATE insight_series SET spell_from = ?, spell_latest = ? WHERE id = ?",
                spell.from(),
                spell.latest(),
                series.id());
    }
}
