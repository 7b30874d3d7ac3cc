package belfry.access;

import belfry.store.Tx;
import java.util.List;

/** Which managed policies are attached to which users and roles. */
final class Attachments {
    private static final int PER_ENTITY_MAX = 10;
    private static final String OF_ENTITY = " WHERE account = ? AND kind = ? AND name = ?";

    private Attachments() {}

    /** Attaching once more changes nothing. */
    static void attach(Tx tx, Entity entity, String policyArn) {
        if (ManagedTable.find(tx, entity.account(), policyArn).isEmpty()) {
            throw IamErrors.notAttachable(policyArn);
        }
        tx.update(
                "INSERT INTO iam_attachment (account, kind, name, policy_arn) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                entity.account(),
                entity.kind().word(),
                entity.name(),
                policyArn);
        if (of(tx, entity).size() > PER_ENTITY_MAX) {
            throw IamErrors.limit("PoliciesPer" + entity.kind().title(), PER_ENTITY_MAX);
        }
    }

    static void detach(Tx tx, Entity entity, String policyArn) {
        int detached = tx.update(
                "DELETE FROM iam_attachment" + OF_ENTITY + " AND policy_arn = ?",
                entity.account(),
                entity.kind().word(),
                entity.name(),
                policyArn);
        if (detached == 0) {
            throw IamErrors.noPolicy(policyArn);
        }
    }

    /** The policies of a user or role, by ARN. */
    static List<ManagedTable.Managed> of(Tx tx, Entity entity) {
        List<String> arns = tx.query(
                "SELECT policy_arn FROM iam_attachment" + OF_ENTITY + " ORDER BY policy_arn",
                row -> row.text(1),
                entity.account(),
                entity.kind().word(),
                entity.name());
        return arns.stream()
                .map(arn -> ManagedTable.require(tx, entity.account(), arn))
                .toList();
    }

    /** The users or roles that have the policy, by name. */
    static List<Entity> entities(Tx tx, ManagedTable.Managed policy, EntityKind kind) {
        List<String> names = tx.query(
                "SELECT name FROM iam_attachment WHERE account = ? AND policy_arn = ? AND kind = ? ORDER BY name",
                row -> row.text(1),
                policy.account(),
                policy.arn(),
                kind.word());
        return names.stream()
                .map(name -> EntityTable.require(tx, policy.account(), kind, name))
                .toList();
    }

    static long count(Tx tx, ManagedTable.Managed policy) {
        return tx.count(
                "SELECT count(*) FROM iam_attachment WHERE account = ? AND policy_arn = ?",
                policy.account(),
                policy.arn());
    }

    static long boundaries(Tx tx, ManagedTable.Managed policy) {
        return tx.count(
                "SELECT count(*) FROM iam_entity WHERE account = ? AND boundary = ?", policy.account(), policy.arn());
    }
}
