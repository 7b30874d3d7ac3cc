package belfry.access;

import belfry.store.Row;
import belfry.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Managed policies and their versions as rows. */
final class ManagedTable {
    /** @param tags JSON object of text */
    record Managed(
            String account,
            String arn,
            String name,
            String path,
            String uniqueId,
            @Nullable String description,
            String tags,
            int defaultVersion,
            int newestVersion,
            Instant createdAt,
            Instant updatedAt) {}

    /** @param number shown as {@code v1}, {@code v2} … */
    record PolicyVersionRow(int number, String document, Instant createdAt) {}

    private static final String SELECT = "SELECT account, arn, name, path, unique_id, description, tags,"
            + " default_version, newest_version, created_at, updated_at FROM iam_policy ";

    private ManagedTable() {}

    static Optional<Managed> find(Tx tx, String account, String arn) {
        if (AwsPolicies.isOne(arn)) {
            return AwsPolicies.find(account, arn);
        }
        return tx.first(SELECT + "WHERE account = ? AND arn = ?", ManagedTable::managed, account, arn);
    }

    static Managed require(Tx tx, String account, String arn) {
        return find(tx, account, arn).orElseThrow(() -> IamErrors.noPolicy(arn));
    }

    static List<Managed> list(Tx tx, String account, String pathPrefix, String after, int limit) {
        return tx.query(
                SELECT + "WHERE account = ? AND name > ? AND substr(path, 1, ?) = ? ORDER BY name LIMIT ?",
                ManagedTable::managed,
                account,
                after,
                pathPrefix.length(),
                pathPrefix,
                limit);
    }

    static void insert(Tx tx, Managed policy) {
        int inserted = tx.update(
                "INSERT INTO iam_policy (account, arn, name, name_lower, path, unique_id, description, tags,"
                        + " default_version, newest_version, created_at, updated_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                policy.account(),
                policy.arn(),
                policy.name(),
                policy.name().toLowerCase(Locale.ROOT),
                policy.path(),
                policy.uniqueId(),
                policy.description(),
                policy.tags(),
                policy.defaultVersion(),
                policy.newestVersion(),
                policy.createdAt(),
                policy.updatedAt());
        if (inserted == 0) {
            throw IamErrors.exists(
                    "A policy called " + policy.name() + " already exists. Duplicate names are not allowed.");
        }
    }

    static void setTags(Tx tx, Managed policy, String tags) {
        tx.update("UPDATE iam_policy SET tags = ? WHERE account = ? AND arn = ?", tags, policy.account(), policy.arn());
    }

    static void setVersions(Tx tx, Managed policy, int defaultVersion, int newest, Instant now) {
        tx.update(
                "UPDATE iam_policy SET default_version = ?, newest_version = ?, updated_at = ?"
                        + " WHERE account = ? AND arn = ?",
                defaultVersion,
                newest,
                now,
                policy.account(),
                policy.arn());
    }

    static void delete(Tx tx, Managed policy) {
        tx.update("DELETE FROM iam_policy_version WHERE account = ? AND arn = ?", policy.account(), policy.arn());
        tx.update("DELETE FROM iam_policy WHERE account = ? AND arn = ?", policy.account(), policy.arn());
    }

    static void addVersion(Tx tx, Managed policy, int number, String document, Instant now) {
        tx.update(
                "INSERT INTO iam_policy_version (account, arn, number, document, created_at) VALUES (?, ?, ?, ?, ?)",
                policy.account(),
                policy.arn(),
                number,
                document,
                now);
    }

    /** Newest first. */
    static List<PolicyVersionRow> versions(Tx tx, Managed policy) {
        if (AwsPolicies.isOne(policy.arn())) {
            return AwsPolicies.version(policy.arn()).stream().toList();
        }
        return tx.query(
                "SELECT number, document, created_at FROM iam_policy_version WHERE account = ? AND arn = ?"
                        + " ORDER BY number DESC",
                row -> new PolicyVersionRow(Math.toIntExact(row.number(1)), row.text(2), row.instant(3)),
                policy.account(),
                policy.arn());
    }

    /** The text that counts: the default version's. */
    static String document(Tx tx, String account, String arn) {
        if (AwsPolicies.isOne(arn)) {
            return AwsPolicies.version(arn)
                    .orElseThrow(() -> IamErrors.noPolicy(arn))
                    .document();
        }
        return tx.first(
                        "SELECT v.document FROM iam_policy p JOIN iam_policy_version v ON v.account = p.account"
                                + " AND v.arn = p.arn AND v.number = p.default_version WHERE p.account = ? AND p.arn = ?",
                        row -> row.text(1),
                        account,
                        arn)
                .orElseThrow(() -> IamErrors.noPolicy(arn));
    }

    static void deleteVersion(Tx tx, Managed policy, int number) {
        tx.update(
                "DELETE FROM iam_policy_version WHERE account = ? AND arn = ? AND number = ?",
                policy.account(),
                policy.arn(),
                number);
    }

    private static Managed managed(Row row) {
        return new Managed(
                row.text(1),
                row.text(2),
                row.text(3),
                row.text(4),
                row.text(5),
                row.textOrNull(6),
                row.text(7),
                Math.toIntExact(row.number(8)),
                Math.toIntExact(row.number(9)),
                row.instant(10),
                row.instant(11));
    }
}
