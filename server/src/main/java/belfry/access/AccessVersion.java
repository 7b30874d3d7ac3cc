package belfry.access;

import belfry.base.Ids;
import belfry.store.Tx;

/**
 * Stands for the state of an account's principals and policies: whatever changes them draws a new one in the same
 * transaction, so that what was parsed under another is never used.
 */
final class AccessVersion {
    private AccessVersion() {}

    /** Empty until the first change. */
    static String of(Tx tx, String account) {
        return tx.first("SELECT version FROM iam_version WHERE account = ?", row -> row.text(1), account)
                .orElse("");
    }

    static void change(Tx tx, String account, Ids ids) {
        tx.update(
                "INSERT INTO iam_version (account, version) VALUES (?, ?)"
                        + " ON CONFLICT (account) DO UPDATE SET version = excluded.version",
                account,
                ids.uuid());
    }
}
