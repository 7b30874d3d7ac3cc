package belfry.access;

import belfry.store.Tx;
import java.util.List;

/** Which users are in which groups. */
final class GroupMembers {
    private static final int GROUPS_MAX = 10;

    private GroupMembers() {}

    /** Adding once more changes nothing. */
    static void add(Tx tx, Entity group, Entity user) {
        tx.update(
                "INSERT INTO iam_member (account, group_name, user_name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                group.account(),
                group.name(),
                user.name());
        if (groupsOf(tx, user).size() > GROUPS_MAX) {
            throw IamErrors.limit("GroupsPerUser", GROUPS_MAX);
        }
    }

    /** Removing who is not in the group changes nothing. */
    static void remove(Tx tx, Entity group, Entity user) {
        tx.update(
                "DELETE FROM iam_member WHERE account = ? AND group_name = ? AND user_name = ?",
                group.account(),
                group.name(),
                user.name());
    }

    static List<Entity> groupsOf(Tx tx, Entity user) {
        return tx
                .query(
                        "SELECT group_name FROM iam_member WHERE account = ? AND user_name = ? ORDER BY group_name",
                        row -> row.text(1),
                        user.account(),
                        user.name())
                .stream()
                .map(name -> EntityTable.require(tx, user.account(), EntityKind.GROUP, name))
                .toList();
    }

    /** By name, after {@code after}. */
    static List<Entity> usersIn(Tx tx, Entity group, String after, int limit) {
        return tx
                .query(
                        "SELECT user_name FROM iam_member WHERE account = ? AND group_name = ? AND user_name > ?"
                                + " ORDER BY user_name LIMIT ?",
                        row -> row.text(1),
                        group.account(),
                        group.name(),
                        after,
                        limit)
                .stream()
                .map(name -> EntityTable.require(tx, group.account(), EntityKind.USER, name))
                .toList();
    }
}
