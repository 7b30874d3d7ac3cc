package belfry.vault;

import belfry.store.Row;
import belfry.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Aliases as rows. */
final class AliasTable {
    /** @param name with its prefix {@code alias/} */
    record Alias(String name, String keyId, Instant createdAt, Instant updatedAt) {}

    private static final String SELECT = "SELECT name, key_id, created_at, updated_at FROM kms_alias ";

    private AliasTable() {}

    static Optional<Alias> find(Tx tx, Place place, String name) {
        return tx.first(
                SELECT + "WHERE account = ? AND region = ? AND name = ?",
                AliasTable::alias,
                place.account(),
                place.region(),
                name);
    }

    /** In the order of their names, after {@code after}; of one key where {@code keyId} is given. */
    static List<Alias> list(Tx tx, Place place, @Nullable String keyId, String after, int limit) {
        if (keyId == null) {
            return tx.query(
                    SELECT + "WHERE account = ? AND region = ? AND name > ? ORDER BY name LIMIT ?",
                    AliasTable::alias,
                    place.account(),
                    place.region(),
                    after,
                    limit);
        }
        return tx.query(
                SELECT + "WHERE account = ? AND region = ? AND key_id = ? AND name > ? ORDER BY name LIMIT ?",
                AliasTable::alias,
                place.account(),
                place.region(),
                keyId,
                after,
                limit);
    }

    static void insert(Tx tx, Place place, String name, String keyId, Instant now) {
        tx.update(
                "INSERT INTO kms_alias (account, region, name, key_id, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)",
                place.account(),
                place.region(),
                name,
                keyId,
                now,
                now);
    }

    static void point(Tx tx, Place place, String name, String keyId, Instant now) {
        tx.update(
                "UPDATE kms_alias SET key_id = ?, updated_at = ? WHERE account = ? AND region = ? AND name = ?",
                keyId,
                now,
                place.account(),
                place.region(),
                name);
    }

    static void delete(Tx tx, Place place, String name) {
        tx.update(
                "DELETE FROM kms_alias WHERE account = ? AND region = ? AND name = ?",
                place.account(),
                place.region(),
                name);
    }

    private static Alias alias(Row row) {
        return new Alias(row.text(1), row.text(2), row.instant(3), row.instant(4));
    }
}
