package belfry.vault;

import belfry.store.Row;
import belfry.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Secrets as rows. */
final class SecretTable {
    private static final String SELECT = "SELECT account, region, name, suffix, description, kms_key, tags, policy,"
            + " created_at, changed_at, accessed_on, deleted_at, purge_at FROM secret ";
    private static final String THIS = " WHERE account = ? AND region = ? AND name = ?";

    private SecretTable() {}

    static Optional<Secret> find(Tx tx, Place place, String name) {
        return tx.first(SELECT + THIS, SecretTable::secret, place.account(), place.region(), name);
    }

    /** Every secret of the place: descriptions and tags, no values. */
    static List<Secret> all(Tx tx, Place place) {
        return tx.query(
                SELECT + " WHERE account = ? AND region = ?", SecretTable::secret, place.account(), place.region());
    }

    static List<Secret> dueForPurge(Tx tx, Instant now, int limit) {
        return tx.query(SELECT + " WHERE purge_at <= ? ORDER BY purge_at LIMIT ?", SecretTable::secret, now, limit);
    }

    static Optional<Instant> nextPurge(Tx tx) {
        return tx.first(
                "SELECT purge_at FROM secret WHERE purge_at IS NOT NULL ORDER BY purge_at LIMIT 1",
                row -> row.instant(1));
    }

    static void insert(Tx tx, Secret secret) {
        tx.update(
                "INSERT INTO secret (account, region, name, suffix, description, kms_key, tags, created_at, changed_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                secret.place().account(),
                secret.place().region(),
                secret.name(),
                secret.suffix(),
                secret.description(),
                secret.kmsKey(),
                secret.tags(),
                secret.createdAt(),
                secret.changedAt());
    }

    static void changed(Tx tx, Secret secret, Instant now) {
        set(tx, secret, "changed_at = ?", now);
    }

    static void describe(Tx tx, Secret secret, @Nullable String description, @Nullable String kmsKey, Instant now) {
        set(tx, secret, "description = ?, kms_key = ?, changed_at = ?", description, kmsKey, now);
    }

    static void setTags(Tx tx, Secret secret, String tags, Instant now) {
        set(tx, secret, "tags = ?, changed_at = ?", tags, now);
    }

    static void setPolicy(Tx tx, Secret secret, @Nullable String policy) {
        set(tx, secret, "policy = ?", policy);
    }

    static void accessed(Tx tx, Secret secret, Instant day) {
        set(tx, secret, "accessed_on = ?", day);
    }

    static void mark(Tx tx, Secret secret, @Nullable Instant deletedAt, @Nullable Instant purgeAt, Instant now) {
        set(tx, secret, "deleted_at = ?, purge_at = ?, changed_at = ?", deletedAt, purgeAt, now);
    }

    /** The secret with all its versions. */
    static void delete(Tx tx, Secret secret) {
        for (String table : List.of("secret_stage", "secret_version", "secret")) {
            tx.update(
                    "DELETE FROM " + table + THIS,
                    secret.place().account(),
                    secret.place().region(),
                    secret.name());
        }
    }

    private static void set(Tx tx, Secret secret, String assignments, @Nullable Object... values) {
        @Nullable Object[] parameters = new @Nullable Object[values.length + 3];
        System.arraycopy(values, 0, parameters, 0, values.length);
        parameters[values.length] = secret.place().account();
        parameters[values.length + 1] = secret.place().region();
        parameters[values.length + 2] = secret.name();
        tx.update("UPDATE secret SET " + assignments + THIS, parameters);
    }

    private static Secret secret(Row row) {
        return new Secret(
                new Place(row.text(1), row.text(2)),
                row.text(3),
                row.text(4),
                row.textOrNull(5),
                row.textOrNull(6),
                row.text(7),
                row.textOrNull(8),
                row.instant(9),
                row.instant(10),
                row.instantOrNull(11),
                row.instantOrNull(12),
                row.instantOrNull(13));
    }
}
