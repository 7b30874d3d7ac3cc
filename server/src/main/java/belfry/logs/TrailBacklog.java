package belfry.logs;

import belfry.store.Tx;
import belfry.trail.Trail;
import java.util.Optional;

/** The trails whose log group or role refuses, and where their records wait. */
final class TrailBacklog {
    /**
     * One trail's.
     *
     * @param position the last record that was delivered or passed over
     * @param error why it went no further, as the trail's status shows it
     */
    record Waiting(long position, String error) {}

    private TrailBacklog() {}

    static Optional<Waiting> of(Tx tx, Trail trail) {
        return tx.first(
                "SELECT position, error FROM log_trail_backlog WHERE trail_id = ?",
                row -> new Waiting(row.number(1), row.text(2)),
                trail.id());
    }

    static void keep(Tx tx, Trail trail, Waiting waiting) {
        tx.update(
                "INSERT INTO log_trail_backlog (trail_id, position, error) VALUES (?, ?, ?) ON CONFLICT (trail_id)"
                        + " DO UPDATE SET position = excluded.position, error = excluded.error",
                trail.id(),
                waiting.position(),
                waiting.error());
    }

    static void end(Tx tx, Trail trail) {
        tx.update("DELETE FROM log_trail_backlog WHERE trail_id = ?", trail.id());
    }
}
