package belfry.logs;

import belfry.store.Row;
import org.jspecify.annotations.Nullable;

/** A log stream as stored; its times follow the events a moment later, epoch milliseconds. */
record LogStreamRow(
        long id,
        long groupId,
        String name,
        long created,
        @Nullable Long firstTime,
        @Nullable Long lastTime,
        @Nullable Long lastIngested) {
    static final String COLUMNS = "id, group_id, name, created, first_time, last_time, last_ingested";

    static LogStreamRow of(Row row) {
        return new LogStreamRow(
                row.number(1),
                row.number(2),
                row.text(3),
                row.number(4),
                row.numberOrNull(5),
                row.numberOrNull(6),
                row.numberOrNull(7));
    }
}
