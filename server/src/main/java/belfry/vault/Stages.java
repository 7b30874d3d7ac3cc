package belfry.vault;

import belfry.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Staging labels: each sits on one version at a time (semantics: secretsmanager-kms.md A2). */
final class Stages {
    static final String CURRENT = "AWSCURRENT";
    static final String PREVIOUS = "AWSPREVIOUS";
    static final String PENDING = "AWSPENDING";

    private static final int PER_VERSION_MAX = 20;
    private static final String OF_SECRET = " WHERE account = ? AND region = ? AND name = ?";

    private Stages() {}

    /** The version that carries the label. */
    static Optional<String> holder(Tx tx, Secret secret, String stage) {
        return tx.first(
                "SELECT version_id FROM secret_stage" + OF_SECRET + " AND stage = ?",
                row -> row.text(1),
                secret.place().account(),
                secret.place().region(),
                secret.name(),
                stage);
    }

    static List<String> of(Tx tx, Secret secret, String versionId) {
        return tx.query(
                "SELECT stage FROM secret_stage" + OF_SECRET + " AND version_id = ? ORDER BY stage",
                row -> row.text(1),
                secret.place().account(),
                secret.place().region(),
                secret.name(),
                versionId);
    }

    /** Versions that carry labels, each with its labels. */
    static Map<String, List<String>> byVersion(Tx tx, Secret secret) {
        Map<String, List<String>> stages = new TreeMap<>();
        var unused = tx.query(
                "SELECT version_id, stage FROM secret_stage" + OF_SECRET + " ORDER BY stage",
                row -> stages.computeIfAbsent(row.text(1), version -> new ArrayList<>())
                        .add(row.text(2)),
                secret.place().account(),
                secret.place().region(),
                secret.name());
        return stages;
    }

    /** Moves the label to the version; whoever loses AWSCURRENT gets AWSPREVIOUS. */
    static void move(Tx tx, Secret secret, String stage, String versionId) {
        Optional<String> before = holder(tx, secret, stage);
        attach(tx, secret, stage, versionId);
        if (stage.equals(CURRENT) && before.isPresent() && !before.get().equals(versionId)) {
            attach(tx, secret, PREVIOUS, before.get());
        }
        if (of(tx, secret, versionId).size() > PER_VERSION_MAX) {
            throw SecretErrors.limit("A version can have at most " + PER_VERSION_MAX + " staging labels.");
        }
    }

    static void remove(Tx tx, Secret secret, String stage) {
        tx.update(
                "DELETE FROM secret_stage" + OF_SECRET + " AND stage = ?",
                secret.place().account(),
                secret.place().region(),
                secret.name(),
                stage);
    }

    private static void attach(Tx tx, Secret secret, String stage, String versionId) {
        tx.update(
                "INSERT INTO secret_stage (account, region, name, stage, version_id) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (account, region, name, stage) DO UPDATE SET version_id = excluded.version_id",
                secret.place().account(),
                secret.place().region(),
                secret.name(),
                stage,
                versionId);
    }
}
