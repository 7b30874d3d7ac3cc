package belfry.store;

/**
 * How far a stage has come in the rows of the stage before it. Read and advance it in the same transaction as the
 * effects: then each row takes effect exactly once, whatever crashes.
 */
public final class Cursors {
    private Cursors() {}

    /** The last position handled; 0 before the first. */
    public static long position(Tx tx, String name) {
        return tx.count("SELECT position FROM cursor_position WHERE name = ?", name);
    }

    /** Moves the cursor; going back is a mistake and refused. */
    public static void advance(Tx tx, String name, long position) {
        int changed = tx.update(
                "INSERT INTO cursor_position (name, position) VALUES (?, ?) ON CONFLICT (name)"
                        + " DO UPDATE SET position = excluded.position WHERE cursor_position.position <= excluded.position",
                name,
                position);
        if (changed != 1) {
            throw new IllegalStateException("cursor " + name + " cannot go back to " + position);
        }
    }
}
