package belfry.access;

import belfry.store.Row;
import belfry.store.Tx;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Users and roles as rows. */
final class EntityTable {
    private static final String SELECT = "SELECT account, kind, name, unique_id, path, created_at, description, trust,"
            + " max_session, boundary, tags FROM iam_entity ";
    private static final String THIS = " WHERE account = ? AND kind = ? AND name = ?";

    private EntityTable() {}

    static Optional<Entity> find(Tx tx, String account, EntityKind kind, String name) {
        return tx.first(SELECT + THIS, EntityTable::entity, account, kind.word(), name);
    }

    static Entity require(Tx tx, String account, EntityKind kind, String name) {
        return find(tx, account, kind, name).orElseThrow(() -> IamErrors.noEntity(kind, name));
    }

    /** By name, after {@code after}. */
    static List<Entity> list(Tx tx, String account, EntityKind kind, String pathPrefix, String after, int limit) {
        return tx.query(
                SELECT
                        + " WHERE account = ? AND kind = ? AND name > ? AND substr(path, 1, ?) = ? ORDER BY name LIMIT ?",
                EntityTable::entity,
                account,
                kind.word(),
                after,
                pathPrefix.length(),
                pathPrefix,
                limit);
    }

    /** @throws belfry.wire.ServiceException where the name is taken, whatever its case */
    static void insert(Tx tx, Entity entity) {
        int inserted = tx.update(
                "INSERT INTO iam_entity (account, kind, name, name_lower, unique_id, path, created_at, description,"
                        + " trust, max_session, boundary, tags) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                entity.account(),
                entity.kind().word(),
                entity.name(),
                entity.name().toLowerCase(Locale.ROOT),
                entity.uniqueId(),
                entity.path(),
                entity.createdAt(),
                entity.description(),
                entity.trust(),
                entity.maxSession(),
                entity.boundary(),
                entity.tags());
        if (inserted == 0) {
            throw IamErrors.exists(entity.kind().title() + " with name " + entity.name() + " already exists.");
        }
    }

    static void setTrust(Tx tx, Entity role, String trust) {
        set(tx, role, "trust = ?", trust);
    }

    static void describe(Tx tx, Entity role, @Nullable String description, @Nullable Integer maxSession) {
        set(tx, role, "description = ?, max_session = ?", description, maxSession);
    }

    static void setBoundary(Tx tx, Entity entity, @Nullable String policyArn) {
        set(tx, entity, "boundary = ?", policyArn);
    }

    static void setTags(Tx tx, Entity entity, String tags) {
        set(tx, entity, "tags = ?", tags);
    }

    static void delete(Tx tx, Entity entity) {
        tx.update(
                "DELETE FROM iam_entity" + THIS, entity.account(), entity.kind().word(), entity.name());
    }

    private static void set(Tx tx, Entity entity, String assignments, @Nullable Object... values) {
        @Nullable Object[] parameters = new @Nullable Object[values.length + 3];
        System.arraycopy(values, 0, parameters, 0, values.length);
        parameters[values.length] = entity.account();
        parameters[values.length + 1] = entity.kind().word();
        parameters[values.length + 2] = entity.name();
        tx.update("UPDATE iam_entity SET " + assignments + THIS, parameters);
    }

    private static Entity entity(Row row) {
        Long maxSession = row.numberOrNull(9);
        return new Entity(
                row.text(1),
                EntityKind.valueOf(row.text(2).toUpperCase(Locale.ROOT)),
                row.text(3),
                row.text(4),
                row.text(5),
                row.instant(6),
                row.textOrNull(7),
                row.textOrNull(8),
                maxSession == null ? null : Math.toIntExact(maxSession),
                row.textOrNull(10),
                row.text(11));
    }
}
