package belfry.logs;

import belfry.store.Row;
import belfry.store.Tx;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One definition that a metric filter has or had. Putting a filter again ends the old definition and begins a new one at
 * the same arrival, so which events it counts does not depend on when they are evaluated.
 *
 * @param afterSeq it counts for blocks that arrived after this one
 * @param untilSeq and up to this one; null while it is in force
 */
record MetricFilterRow(
        long id,
        long groupId,
        String name,
        long created,
        FilterDefinition definition,
        long afterSeq,
        @Nullable Long untilSeq) {
    static final String COLUMNS =
            "f.id, f.group_id, f.name, f.created, f.pattern, f.namespace, f.metric, f.definition, f.after_seq, f.until_seq";

    private static final String SELECT = "SELECT " + COLUMNS + " FROM log_metric_filter f WHERE ";

    static MetricFilterRow of(Row row) {
        return new MetricFilterRow(
                row.number(1),
                row.number(2),
                row.text(3),
                row.number(4),
                FilterDefinition.of(row, 5),
                row.number(9),
                row.numberOrNull(10));
    }

    boolean counts(long arrival) {
        return afterSeq < arrival && (untilSeq == null || arrival <= untilSeq);
    }

    /** The definition in force. */
    static Optional<MetricFilterRow> find(Tx tx, long groupId, String name) {
        return tx.first(
                SELECT + "f.group_id = ? AND f.name = ? AND f.until_seq IS NULL", MetricFilterRow::of, groupId, name);
    }

    /** The definitions in force in a group. */
    static List<MetricFilterRow> inForce(Tx tx, long groupId) {
        return tx.query(
                SELECT + "f.group_id = ? AND f.until_seq IS NULL ORDER BY f.name", MetricFilterRow::of, groupId);
    }

    /** All definitions of a group that may count for blocks after {@code seq}, oldest first. */
    static List<MetricFilterRow> countingAfter(Tx tx, long groupId, long seq) {
        return tx.query(
                SELECT + "f.group_id = ? AND (f.until_seq IS NULL OR f.until_seq > ?) ORDER BY f.id",
                MetricFilterRow::of,
                groupId,
                seq);
    }

    static Optional<MetricFilterRow> byId(Tx tx, long id) {
        return tx.first(SELECT + "f.id = ?", MetricFilterRow::of, id);
    }
}
