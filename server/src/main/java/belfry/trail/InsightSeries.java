package belfry.trail;

import belfry.store.Row;

/**
 * What is counted for itself.
 *
 * @param error empty for rates of calls
 */
record InsightSeries(
        long id, long trailId, String account, String region, InsightKind kind, String source, String name, String error) {
    static final String COLUMNS = "s.id, s.trail_id, s.account, s.region, s.kind, s.source, s.name, s.error";
    static final int COUNT = 8;

    static InsightSeries of(Row row) {
        return new InsightSeries(
                row.number(1),
                row.number(2),
                row.text(3),
                row.text(4),
                InsightKind.of(row.text(5)),
                row.text(6),
                row.text(7),
                row.text(COUNT));
    }
}
