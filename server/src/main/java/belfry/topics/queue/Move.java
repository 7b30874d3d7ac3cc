package belfry.topics.queue;

import belfry.store.Row;
import belfry.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A redrive: messages on their way from a dead-letter queue to another queue, or back to where each came from.
 *
 * @param destinationArn null to move each message back to its source
 * @param perSecond null for as fast as it goes
 * @param failure why it failed
 * @param toMove how many messages there were at the start
 * @param upTo the newest message that lay there then: what comes later stays
 */
record Move(
        String id,
        String sourceArn,
        @Nullable String destinationArn,
        @Nullable Long perSecond,
        Status status,
        @Nullable String failure,
        long toMove,
        long moved,
        long upTo,
        Instant startedAt) {
    /** As ListMessageMoveTasks names them. {@code CANCELLING} is not among them: nothing is half moved here. */
    enum Status {
        RUNNING,
        COMPLETED,
        CANCELLED,
        FAILED
    }

    private static final String COLUMNS = "SELECT id, source_arn, destination_arn, per_second, status, failure,"
            + " to_move, moved, up_to, started_at FROM message_move ";

    /** So many are kept of each queue, as many as can be listed. */
    private static final int KEPT = 10;

    static Optional<Move> find(Tx tx, String id) {
        return tx.first(COLUMNS + "WHERE id = ?", Move::read, id);
    }

    static List<Move> newest(Tx tx, String sourceArn, int limit) {
        return tx.query(COLUMNS + "WHERE source_arn = ? ORDER BY seq DESC LIMIT ?", Move::read, sourceArn, limit);
    }

    static boolean running(Tx tx, String sourceArn) {
        return tx.count("SELECT COUNT(*) FROM message_move WHERE source_arn = ? AND next_at IS NOT NULL", sourceArn)
                > 0;
    }

    /** How many run in an account and region. */
    static long running(Tx tx, String account, String region) {
        return tx.count(
                "SELECT COUNT(*) FROM message_move m JOIN queue q ON q.arn = m.source_arn"
                        + " WHERE m.next_at IS NOT NULL AND q.account = ? AND q.region = ?",
                account,
                region);
    }

    static List<Move> due(Tx tx, Instant now, int limit) {
        return tx.query(COLUMNS + "WHERE next_at <= ? ORDER BY next_at, seq LIMIT ?", Move::read, now, limit);
    }

    static Optional<Instant> nextDue(Tx tx) {
        return tx.instant("SELECT MIN(next_at) FROM message_move");
    }

    static void deleteOf(Tx tx, String sourceArn) {
        tx.update("DELETE FROM message_move WHERE source_arn = ?", sourceArn);
    }

    void insert(Tx tx) {
        tx.update(
                "INSERT INTO message_move (id, source_arn, destination_arn, per_second, status, to_move, moved, up_to,"
                        + " started_at, next_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                sourceArn,
                destinationArn,
                perSecond,
                status.name(),
                toMove,
                moved,
                upTo,
                startedAt,
                startedAt);
        tx.update(
                "DELETE FROM message_move WHERE source_arn = ? AND seq NOT IN"
                        + " (SELECT seq FROM message_move WHERE source_arn = ? ORDER BY seq DESC LIMIT ?)",
                sourceArn,
                sourceArn,
                KEPT);
    }

    void progress(Tx tx, long movedNow, Instant nextAt) {
        tx.update("UPDATE message_move SET moved = moved + ?, next_at = ? WHERE id = ?", movedNow, nextAt, id);
    }

    void end(Tx tx, long movedNow, Status as, @Nullable String why) {
        tx.update(
                "UPDATE message_move SET moved = moved + ?, next_at = NULL, status = ?, failure = ? WHERE id = ?",
                movedNow,
                as.name(),
                why,
                id);
    }

    private static Move read(Row row) {
        return new Move(
                row.text(1),
                row.text(2),
                row.textOrNull(3),
                row.numberOrNull(4),
                Status.valueOf(row.text(5)),
                row.textOrNull(6),
                row.number(7),
                row.number(8),
                row.number(9),
                row.instant(10));
    }
}
