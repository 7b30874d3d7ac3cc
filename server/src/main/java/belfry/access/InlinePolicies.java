package belfry.access;

import belfry.store.Tx;
import java.util.List;
import java.util.Optional;

/** Policies that belong to one user or role. */
final class InlinePolicies {
    /** A policy as it was put. */
    record Inline(String name, String document) {}

    private static final String OF_ENTITY = " WHERE account = ? AND kind = ? AND name = ?";

    private InlinePolicies() {}

    static void put(Tx tx, Entity entity, String policy, String document) {
        PolicyText.checkIdentity(document);
        tx.update(
                "INSERT INTO iam_inline_policy (account, kind, name, policy, document) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (account, kind, name, policy) DO UPDATE SET document = excluded.document",
                entity.account(),
                entity.kind().word(),
                entity.name(),
                policy,
                document);
    }

    static Inline get(Tx tx, Entity entity, String policy) {
        Optional<Inline> found = tx.first(
                "SELECT policy, document FROM iam_inline_policy" + OF_ENTITY + " AND policy = ?",
                row -> new Inline(row.text(1), row.text(2)),
                entity.account(),
                entity.kind().word(),
                entity.name(),
                policy);
        return found.orElseThrow(() -> IamErrors.noInlinePolicy(entity.kind(), policy));
    }

    /** The texts of all of them. */
    static List<String> documents(Tx tx, Entity entity) {
        return tx.query(
                "SELECT document FROM iam_inline_policy" + OF_ENTITY + " ORDER BY policy",
                row -> row.text(1),
                entity.account(),
                entity.kind().word(),
                entity.name());
    }

    static List<String> names(Tx tx, Entity entity, String after, int limit) {
        return tx.query(
                "SELECT policy FROM iam_inline_policy" + OF_ENTITY + " AND policy > ? ORDER BY policy LIMIT ?",
                row -> row.text(1),
                entity.account(),
                entity.kind().word(),
                entity.name(),
                after,
                limit);
    }

    static void delete(Tx tx, Entity entity, String policy) {
        int deleted = tx.update(
                "DELETE FROM iam_inline_policy" + OF_ENTITY + " AND policy = ?",
                entity.account(),
                entity.kind().word(),
                entity.name(),
                policy);
        if (deleted == 0) {
            throw IamErrors.noInlinePolicy(entity.kind(), policy);
        }
    }
}
