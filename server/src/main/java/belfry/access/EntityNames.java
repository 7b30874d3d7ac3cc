package belfry.access;

import belfry.store.Tx;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Renames users and groups: everything that hangs on them goes along. */
final class EntityNames {
    /** Tables that name an entity by kind and name. */
    private static final List<String> BY_KIND = List.of("iam_inline_policy", "iam_attachment", "iam_session");

    private EntityNames() {}

    /** @throws belfry.wire.ServiceException where the new name is another's, whatever its case */
    static void change(Tx tx, Entity entity, @Nullable String newName, @Nullable String newPath) {
        String path = newPath == null ? entity.path() : newPath;
        String name = newName == null ? entity.name() : newName;
        requireFree(tx, entity, name);
        tx.update(
                "UPDATE iam_entity SET name = ?, name_lower = ?, path = ? WHERE account = ? AND kind = ? AND name = ?",
                name,
                name.toLowerCase(Locale.ROOT),
                path,
                entity.account(),
                entity.kind().word(),
                entity.name());
        if (name.equals(entity.name())) {
            return;
        }
        for (String table : BY_KIND) {
            tx.update(
                    "UPDATE " + table + " SET name = ? WHERE account = ? AND kind = ? AND name = ?",
                    name,
                    entity.account(),
                    entity.kind().word(),
                    entity.name());
        }
        String column = switch (entity.kind()) {
            case GROUP -> "group_name";
            case USER -> "user_name";
            case ROLE -> throw new IllegalArgumentException("roles keep their names");
        };
        rename(tx, "iam_member", column, entity, name);
        if (entity.kind() == EntityKind.USER) {
            rename(tx, "iam_access_key", "user_name", entity, name);
        }
    }

    private static void rename(Tx tx, String table, String column, Entity entity, String name) {
        tx.update(
                "UPDATE " + table + " SET " + column + " = ? WHERE account = ? AND " + column + " = ?",
                name,
                entity.account(),
                entity.name());
    }

    private static void requireFree(Tx tx, Entity entity, String name) {
        if (name.equalsIgnoreCase(entity.name())) {
            return;
        }
        long taken = tx.count(
                "SELECT count(*) FROM iam_entity WHERE account = ? AND kind = ? AND name_lower = ?",
                entity.account(),
                entity.kind().word(),
                name.toLowerCase(Locale.ROOT));
        if (taken > 0) {
            throw IamErrors.exists(entity.kind().title() + " with name " + name + " already exists.");
        }
    }
}
