package belfry.buckets;

import belfry.store.Row;
import belfry.store.Tx;
import java.util.List;
import java.util.Optional;

/** The rows of buckets, and the documents that hang on them. */
final class BucketTable {
    private static final String COLUMNS = "SELECT name, account, region, created, versioning FROM bucket ";

    private BucketTable() {}

    static Optional<BucketRow> find(Tx tx, String name) {
        return tx.first(COLUMNS + "WHERE name = ?", BucketTable::map, name);
    }

    static void insert(Tx tx, BucketRow bucket) {
        tx.update(
                "INSERT INTO bucket (name, account, region, created, versioning) VALUES (?, ?, ?, ?, ?)",
                bucket.name(),
                bucket.account(),
                bucket.region(),
                bucket.created(),
                bucket.versioning().status());
    }

    /** An account's buckets after {@code from}, by name. */
    static List<BucketRow> list(Tx tx, String account, String from, int limit) {
        return tx.query(
                COLUMNS + "WHERE account = ? AND name > ? ORDER BY name LIMIT ?",
                BucketTable::map,
                account,
                from,
                limit);
    }

    static long count(Tx tx, String account) {
        return tx.count("SELECT COUNT(*) FROM bucket WHERE account = ?", account);
    }

    static void versioning(Tx tx, String name, Versioning versioning) {
        tx.update("UPDATE bucket SET versioning = ? WHERE name = ?", versioning.status(), name);
    }

    static void delete(Tx tx, String name) {
        tx.update("DELETE FROM bucket_setting WHERE bucket = ?", name);
        tx.update("DELETE FROM bucket WHERE name = ?", name);
    }

    static Optional<String> setting(Tx tx, String bucket, Setting kind) {
        return tx.first(
                "SELECT document FROM bucket_setting WHERE bucket = ? AND kind = ?",
                row -> row.text(1),
                bucket,
                kind.name());
    }

    static void put(Tx tx, String bucket, Setting kind, String document) {
        tx.update(
                "INSERT INTO bucket_setting (bucket, kind, document) VALUES (?, ?, ?)"
                        + " ON CONFLICT (bucket, kind) DO UPDATE SET document = excluded.document",
                bucket,
                kind.name(),
                document);
    }

    static void remove(Tx tx, String bucket, Setting kind) {
        tx.update("DELETE FROM bucket_setting WHERE bucket = ? AND kind = ?", bucket, kind.name());
    }

    /** Names of the buckets that have such a document, in order. */
    static List<String> having(Tx tx, Setting kind) {
        return tx.query(
                "SELECT bucket FROM bucket_setting WHERE kind = ? ORDER BY bucket", row -> row.text(1), kind.name());
    }

    private static BucketRow map(Row row) {
        return new BucketRow(row.text(1), row.text(2), row.text(3), row.instant(4), Versioning.of(row.text(5)));
    }
}
