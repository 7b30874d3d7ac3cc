package belfry.logs;

import belfry.store.Tx;
import java.time.Instant;
import java.util.Optional;

/** Finds and makes log streams. */
final class LogStreamTable {
    private static final String SELECT = "SELECT " + LogStreamRow.COLUMNS + " FROM log_stream WHERE ";

    private LogStreamTable() {}

    static Optional<LogStreamRow> find(Tx tx, long groupId, String name) {
        return tx.first(SELECT + "group_id = ? AND name = ?", LogStreamRow::of, groupId, name);
    }

    static LogStreamRow require(Tx tx, long groupId, String name) {
        return find(tx, groupId, name).orElseThrow(LogErrors::noStream);
    }

    static Optional<String> nameOf(Tx tx, long id) {
        return tx.first("SELECT name FROM log_stream WHERE id = ?", row -> row.text(1), id);
    }

    /** The id of the new stream. */
    static long create(Tx tx, long groupId, String name, Instant now) {
        return tx.first(
                        "INSERT INTO log_stream (group_id, name, created) VALUES (?, ?, ?) RETURNING id",
                        row -> row.number(1),
                        groupId,
                        name,
                        now)
                .orElseThrow();
    }
}
