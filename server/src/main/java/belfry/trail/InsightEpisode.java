package belfry.trail;

import belfry.store.Tx;
import java.util.List;
import java.util.Optional;

/**
 * An insight that has started.
 *
 * @param sharedId the same in the records of start and end
 * @param started the first unusual minute
 * @param latest the last one so far
 * @param before the time before, as the records show it
 */
record InsightEpisode(String sharedId, long started, long latest, InsightPast before) {
    static Optional<InsightEpisode> of(Tx tx, InsightSeries series) {
        return tx.first(
                "SELECT shared_id, started, latest, before FROM insight_episode WHERE series = ?",
                row -> new InsightEpisode(row.text(1), row.number(2), row.number(3), InsightPast.parse(row.text(4))),
                series.id());
    }

    void insert(Tx tx, InsightSeries series) {
        tx.update(
                "INSERT INTO insight_episode (series, shared_id, started, latest, before) VALUES (?, ?, ?, ?, ?)",
                series.id(),
                sharedId,
                started,
                latest,
                before.text());
    }

    static void unusualAt(Tx tx, InsightSeries series, long minute) {
        tx.update("UPDATE insight_episode SET latest = ? WHERE series = ?", minute, series.id());
    }

    /** Those with no unusual minute after {@code minute}. */
    static List<InsightSeries> quietSince(Tx tx, long minute) {
        return tx.query(
                "SELECT " + InsightSeries.COLUMNS + " FROM insight_episode e JOIN insight_series s ON s.id = e.series"
                        + " WHERE e.latest <= ? ORDER BY e.latest, s.id",
                InsightSeries::of,
                minute);
    }

    static void delete(Tx tx, InsightSeries series) {
        tx.update("DELETE FROM insight_episode WHERE series = ?", series.id());
    }
}
