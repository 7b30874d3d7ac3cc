package belfry.vault;

import belfry.store.Tx;
import java.time.Instant;
import java.util.List;

/**
 * Secrets deleted for good, until the audit trail has heard of it: the record of what the service did follows the record
 * of the call that asked for it.
 */
final class SecretDeletions {
    /** One. */
    record Deletion(Place place, String arn, String name, boolean forced, Instant at) {}

    private SecretDeletions() {}

    static void add(Tx tx, Secret secret, boolean forced, Instant at) {
        tx.update(
                "INSERT INTO secret_deletion (account, region, arn, name, forced, at) VALUES (?, ?, ?, ?, ?, ?)",
                secret.place().account(),
                secret.place().region(),
                secret.arn(),
                secret.name(),
                forced,
                at);
        tx.ring(SecretReaper.MARKED);
    }

    static boolean any(Tx tx) {
        return tx.first("SELECT seq FROM secret_deletion LIMIT 1", row -> row.number(1))
                .isPresent();
    }

    /** Takes them all out. */
    static List<Deletion> take(Tx tx) {
        List<Deletion> all = tx.query(
                "SELECT account, region, arn, name, forced, at FROM secret_deletion ORDER BY seq",
                row -> new Deletion(
                        new Place(row.text(1), row.text(2)), row.text(3), row.text(4), row.flag(5), row.instant(6)));
        tx.update("DELETE FROM secret_deletion");
        return all;
    }
}
