package belfry.vault;

import belfry.store.Row;
import belfry.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keys as rows. */
final class KeyTable {
    private static final String SELECT =
            "SELECT account, region, key_id, manager, description, state, policy, tags, created_at, deletion_at,"
                    + " rotation_days, rotation_at, material FROM kms_key ";
    private static final String THIS = " WHERE account = ? AND region = ? AND key_id = ?";

    private KeyTable() {}

    static Optional<Key> find(Tx tx, Place place, String keyId) {
        return tx.first(SELECT + THIS, KeyTable::key, place.account(), place.region(), keyId);
    }

    /** Keys in the order of their ids, after {@code after}. */
    static List<Key> list(Tx tx, Place place, String after, int limit) {
        return tx.query(
                SELECT + " WHERE account = ? AND region = ? AND key_id > ? ORDER BY key_id LIMIT ?",
                KeyTable::key,
                place.account(),
                place.region(),
                after,
                limit);
    }

    static List<Key> dueForDeletion(Tx tx, Instant now, int limit) {
        return tx.query(SELECT + " WHERE deletion_at <= ? ORDER BY deletion_at LIMIT ?", KeyTable::key, now, limit);
    }

    static List<Key> dueForRotation(Tx tx, Instant now, int limit) {
        return tx.query(
                SELECT + " WHERE rotation_at <= ? AND state = 'Enabled' ORDER BY rotation_at LIMIT ?",
                KeyTable::key,
                now,
                limit);
    }

    /** When the next key falls due, for deletion or for rotation. */
    static Optional<Instant> nextDue(Tx tx) {
        return tx
                .query(
                        "SELECT min(deletion_at) FROM kms_key WHERE deletion_at IS NOT NULL"
                                + " UNION ALL SELECT min(rotation_at) FROM kms_key WHERE rotation_at IS NOT NULL"
                                + " AND state = 'Enabled'",
                        row -> Optional.ofNullable(row.instantOrNull(1)))
                .stream()
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    static void insert(Tx tx, Key key) {
        tx.update(
                "INSERT INTO kms_key (account, region, key_id, manager, description, state, policy, tags, created_at,"
                        + " material) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                key.place().account(),
                key.place().region(),
                key.keyId(),
                key.awsManaged() ? "AWS" : "CUSTOMER",
                key.description(),
                key.state().word(),
                key.policy(),
                key.tags(),
                key.createdAt(),
                key.material());
    }

    static void setState(Tx tx, Key key, KeyState state, @Nullable Instant deletionAt) {
        set(tx, key, "state = ?, deletion_at = ?", state.word(), deletionAt);
    }

    static void setDescription(Tx tx, Key key, String description) {
        set(tx, key, "description = ?", description);
    }

    static void setPolicy(Tx tx, Key key, String policy) {
        set(tx, key, "policy = ?", policy);
    }

    static void setTags(Tx tx, Key key, String tags) {
        set(tx, key, "tags = ?", tags);
    }

    static void setRotation(Tx tx, Key key, @Nullable Integer days, @Nullable Instant next) {
        set(tx, key, "rotation_days = ?, rotation_at = ?", days, next);
    }

    static void setMaterial(Tx tx, Key key, int number) {
        set(tx, key, "material = ?", number);
    }

    /** The key with its material and aliases: whatever it sealed can never be opened again. */
    static void delete(Tx tx, Key key) {
        for (String table : List.of("kms_alias", "kms_material", "kms_key")) {
            tx.update(
                    "DELETE FROM " + table + THIS,
                    key.place().account(),
                    key.place().region(),
                    key.keyId());
        }
    }

    private static void set(Tx tx, Key key, String assignments, @Nullable Object... values) {
        @Nullable Object[] parameters = new @Nullable Object[values.length + 3];
        System.arraycopy(values, 0, parameters, 0, values.length);
        parameters[values.length] = key.place().account();
        parameters[values.length + 1] = key.place().region();
        parameters[values.length + 2] = key.keyId();
        tx.update("UPDATE kms_key SET " + assignments + THIS, parameters);
    }

    private static Key key(Row row) {
        Long days = row.numberOrNull(11);
        return new Key(
                new Place(row.text(1), row.text(2)),
                row.text(3),
                row.text(4).equals("AWS"),
                row.text(5),
                KeyState.of(row.text(6)),
                row.text(7),
                row.text(8),
                row.instant(9),
                row.instantOrNull(10),
                days == null ? null : Math.toIntExact(days),
                row.instantOrNull(12),
                Math.toIntExact(row.number(13)));
    }
}
