package belfry.trail;

import belfry.store.Row;
import belfry.store.Tx;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The records in order, for the stages that carry them on. */
public final class TrailEvents {
    private static final String COLUMNS = "seq, account, region, at, category, request_id, selected, record";

    private TrailEvents() {}

    /** The first {@code limit} records after {@code seq}, selected by a trail or not, in the order of their calls. */
    public static List<TrailEvent> after(Tx tx, long seq, int limit) {
        return tx.query(
                "SELECT " + COLUMNS + " FROM trail_event WHERE seq > ? ORDER BY seq LIMIT ?",
                TrailEvents::event,
                seq,
                limit);
    }

    /** The number of the last record; 0 before the first. */
    public static long last(Tx tx) {
        return tx.count("SELECT seq FROM trail_event ORDER BY seq DESC LIMIT 1");
    }

    private static TrailEvent event(Row row) {
        return new TrailEvent(
                row.number(1),
                row.text(2),
                row.text(3),
                row.instant(4),
                Category.of(row.text(5)),
                row.text(6),
                ids(row.textOrNull(7)),
                row.text(8));
    }

    private static Set<Long> ids(@Nullable String text) {
        Set<Long> ids = new LinkedHashSet<>();
        if (text != null) {
            for (String id : text.split(" ", -1)) {
                ids.add(Long.parseLong(id));
            }
        }
        return ids;
    }
}
