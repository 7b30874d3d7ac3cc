package belfry.vault;

import belfry.store.Row;
import belfry.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Versions as rows. */
final class VersionTable {
    private static final String SELECT =
            "SELECT version_id, kind, kms_key, data_key, sealed, created_at, accessed_on FROM secret_version ";
    private static final String OF_SECRET = " WHERE account = ? AND region = ? AND name = ?";
    private static final String THIS = OF_SECRET + " AND version_id = ?";

    private VersionTable() {}

    static Optional<Version> find(Tx tx, Secret secret, String versionId) {
        return tx.first(
                SELECT + THIS,
                VersionTable::version,
                secret.place().account(),
                secret.place().region(),
                secret.name(),
                versionId);
    }

    /** Newest first. */
    static List<Version> all(Tx tx, Secret secret) {
        return tx.query(
                SELECT + OF_SECRET + " ORDER BY created_at DESC, version_id",
                VersionTable::version,
                secret.place().account(),
                secret.place().region(),
                secret.name());
    }

    static void insert(Tx tx, Secret secret, Version version) {
        tx.update(
                "INSERT INTO secret_version (account, region, name, version_id, kind, kms_key, data_key, sealed,"
                        + " created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                secret.place().account(),
                secret.place().region(),
                secret.name(),
                version.versionId(),
                version.kind().name(),
                version.kmsKey(),
                version.dataKey(),
                version.sealed(),
                version.createdAt());
    }

    /** Puts the same value, sealed anew, in the place of the old. */
    static void reseal(Tx tx, Secret secret, Version version) {
        tx.update(
                "UPDATE secret_version SET kms_key = ?, data_key = ?, sealed = ?" + THIS,
                version.kmsKey(),
                version.dataKey(),
                version.sealed(),
                secret.place().account(),
                secret.place().region(),
                secret.name(),
                version.versionId());
    }

    static void accessed(Tx tx, Secret secret, String versionId, Instant day) {
        tx.update(
                "UPDATE secret_version SET accessed_on = ?" + THIS,
                day,
                secret.place().account(),
                secret.place().region(),
                secret.name(),
                versionId);
    }

    /** Drops versions without a label that are neither among the newest {@code keep} nor made after {@code since}. */
    static void prune(Tx tx, Secret secret, int keep, Instant since) {
        tx.update(
                "DELETE FROM secret_version" + OF_SECRET + " AND created_at < ? AND version_id NOT IN"
                        + " (SELECT version_id FROM secret_stage" + OF_SECRET + ") AND version_id NOT IN"
                        + " (SELECT version_id FROM secret_version" + OF_SECRET
                        + " ORDER BY created_at DESC, version_id LIMIT ?)",
                secret.place().account(),
                secret.place().region(),
                secret.name(),
                since,
                secret.place().account(),
                secret.place().region(),
                secret.name(),
                secret.place().account(),
                secret.place().region(),
                secret.name(),
                keep);
    }

    private static Version version(Row row) {
        return new Version(
                row.text(1),
                Version.Kind.valueOf(row.text(2)),
                row.textOrNull(3),
                row.bytes(4),
                row.bytes(5),
                row.instant(6),
                row.instantOrNull(7));
    }
}
