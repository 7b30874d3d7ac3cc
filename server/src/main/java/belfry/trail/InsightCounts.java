package belfry.trail;

import belfry.store.Tx;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Adds up the calls of one batch before they are written: a burst costs few statements. */
final class InsightCounts {
    private final long earliest;
    private final long latest;
    private final Map<Cell, Map<Attribute, Long>> cells = new HashMap<>();
    private final Map<Cell, Long> calls = new HashMap<>();

    private record Series(
            long trailId, String account, String region, InsightKind kind, String source, String name, String error) {}

    private record Cell(Series series, long minute) {}

    private record Attribute(String name, String value) {}

    /**
     * Starts empty.
     *
     * @param earliest the first minute that is not judged; what comes too late counts there
     * @param latest the current minute
     */
    InsightCounts(long earliest, long latest) {
        this.earliest = earliest;
        this.latest = Math.max(earliest, latest);
    }

    /** Counts a call for each trail that logs it and looks for its kind. */
    void add(TrailEvent event, InsightFacts call, Map<Long, Set<InsightKind>> watching) {
        long minute = Math.clamp(InsightMinutes.minute(event.at()), earliest, latest);
        for (long trail : event.selectedBy()) {
            for (InsightKind kind : watching.getOrDefault(trail, Set.of())) {
                if (kind.covers(call)) {
                    Series series = new Series(
                            trail, event.account(), event.region(), kind, call.source(), call.name(), kind.error(call));
                    add(new Cell(series, minute), call);
                }
            }
        }
    }

    private void add(Cell cell, InsightFacts call) {
        calls.merge(cell, 1L, Long::sum);
        Map<Attribute, Long> attributes = cells.computeIfAbsent(cell, key -> new HashMap<>());
        call.attributes().forEach((name, value) -> attributes.merge(new Attribute(name, value), 1L, Long::sum));
    }

    void write(Tx tx) {
        calls.forEach((cell, count) -> {
            long series = id(tx, cell.series());
            tx.update(
                    "INSERT INTO insight_minute (series, minute, calls, closed) VALUES (?, ?, ?, 0)"
                            + " ON CONFLICT (series, minute) DO UPDATE SET calls = insight_minute.calls + excluded.calls",
                    series,
                    cell.minute(),
                    count);
            cells.getOrDefault(cell, Map.of())
                    .forEach((attribute, times) -> tx.update(
                            "INSERT INTO insight_attribute (series, minute, attribute, value, calls) VALUES (?, ?, ?, ?, ?)"
                                    + " ON CONFLICT (series, minute, attribute, value)"
                                    + " DO UPDATE SET calls = insight_attribute.calls + excluded.calls",
                            series,
                            cell.minute(),
                            attribute.name(),
                            attribute.value(),
                            times));
        });
    }

    private static long id(Tx tx, Series series) {
        tx.update(
                "INSERT INTO insight_series (trail_id, account, region, kind, source, name, error)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                series.trailId(),
                series.account(),
                series.region(),
                series.kind().text(),
                series.source(),
                series.name(),
                series.error());
        return tx.count(
                "SELECT id FROM insight_series WHERE trail_id = ? AND region = ? AND kind = ? AND source = ? AND name = ?"
                        + " AND error = ?",
                series.trailId(),
                series.region(),
                series.kind().text(),
                series.source(),
                series.name(),
                series.error());
    }
}
