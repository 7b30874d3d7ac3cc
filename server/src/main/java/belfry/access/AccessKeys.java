package belfry.access;

import belfry.base.Ids;
import belfry.gateway.Principal;
import belfry.seal.RootKey;
import belfry.store.Store;
import belfry.store.Tx;
import belfry.wire.KeyLookup;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Access keys: their secret halves, which SigV4 needs in the open, are kept sealed by the root key and opened for the
 * length of one verification. A key without a user is the account's root's.
 */
public final class AccessKeys implements KeyLookup {
    /** A key as it is shown: without its secret half. */
    record Shown(String keyId, boolean active, Instant createdAt) {}

    /** A key just made: the only time that its secret half is shown. */
    public record Made(String keyId, String secret, Instant createdAt) {
        /** Never the secret. */
        @Override
        public String toString() {
            return "Made[" + keyId + "]";
        }
    }

    /**
     * A key's owner.
     *
     * @param usedAt when the key's last use was noted; null for never
     */
    record Owned(Principal owner, @Nullable Instant usedAt) {}

    /** The last use that was noted. */
    record Use(String userName, Instant at, String service, String region) {}

    private record Row(
            String account,
            @Nullable String userName,
            byte[] sealed,
            boolean active,
            @Nullable Instant usedAt) {}

    private static final int ID_LETTERS = 16;
    private static final int SECRET_LENGTH = 40;

    private final Store store;
    private final KeySeal seal;
    private final Ids ids;

    /** @param ids needs a secure source of randomness */
    public AccessKeys(Store store, RootKey root, Ids ids) {
        this.store = store;
        this.seal = new KeySeal(root, "access-key");
        this.ids = ids;
    }

    @Override
    public @Nullable Key find(String accessKeyId) {
        Optional<Row> row = store.read(tx -> row(tx, accessKeyId));
        return row.filter(Row::active)
                .map(found -> Key.lasting(seal.open(accessKeyId, found.sealed())))
                .orElse(null);
    }

    /**
     * Makes the account's root key where there is none yet; present exactly when it was made now.
     *
     * @param handOver is given the key before it is kept: whoever crashes in between finds none and makes another, instead
     *     of one that nobody knows
     */
    public Optional<Made> makeRootKey(String account, Instant now, Consumer<Made> handOver) {
        if (!store.read(tx -> list(tx, account, null)).isEmpty()) {
            return Optional.empty();
        }
        Made made = draw(now);
        handOver.accept(made);
        store.change(tx -> keep(tx, made, account, null));
        return Optional.of(made);
    }

    /** Whose key this is: the account's root, or an IAM user; empty where it is unknown, inactive, or its user is gone. */
    static Optional<Owned> owned(Tx tx, String accessKeyId) {
        return row(tx, accessKeyId)
                .filter(Row::active)
                .flatMap(row -> owner(tx, accessKeyId, row).map(owner -> new Owned(owner, row.usedAt())));
    }

    static void used(Tx tx, String keyId, String service, String region, Instant now) {
        tx.update(
                "UPDATE iam_access_key SET used_at = ?, used_service = ?, used_region = ? WHERE key_id = ?",
                now,
                service,
                region,
                keyId);
    }

    /** The last use of a user's key; empty where it has never been used. */
    static Optional<Use> lastUse(Tx tx, String keyId) {
        return tx.first(
                "SELECT user_name, used_at, used_service, used_region FROM iam_access_key WHERE key_id = ?"
                        + " AND used_at IS NOT NULL",
                row -> new Use(
                        Objects.requireNonNullElse(row.textOrNull(1), ""), row.instant(2), row.text(3), row.text(4)),
                keyId);
    }

    /** The account that a key belongs to. */
    static Optional<String> account(Tx tx, String keyId) {
        return row(tx, keyId).map(Row::account);
    }

    Made make(Tx tx, String account, @Nullable String userName, Instant now) {
        Made made = draw(now);
        keep(tx, made, account, userName);
        return made;
    }

    private Made draw(Instant now) {
        return new Made("AKIA" + ids.upperAlphanumeric(ID_LETTERS), ids.alphanumeric(SECRET_LENGTH), now);
    }

    private void keep(Tx tx, Made made, String account, @Nullable String userName) {
        tx.update(
                "INSERT INTO iam_access_key (key_id, account, user_name, sealed, active, created_at)"
                        + " VALUES (?, ?, ?, ?, 1, ?)",
                made.keyId(),
                account,
                userName,
                seal.seal(made.keyId(), made.secret()),
                made.createdAt());
    }

    /** Oldest first; without a user name, the root's. */
    static List<Shown> list(Tx tx, String account, @Nullable String userName) {
        return tx.query(
                "SELECT key_id, active, created_at FROM iam_access_key WHERE account = ?"
                        + " AND coalesce(user_name, '') = ? ORDER BY created_at, key_id",
                row -> new Shown(row.text(1), row.flag(2), row.instant(3)),
                account,
                userName == null ? "" : userName);
    }

    static void setActive(Tx tx, String account, @Nullable String userName, String keyId, boolean active) {
        int changed = tx.update(
                "UPDATE iam_access_key SET active = ? WHERE key_id = ? AND account = ? AND coalesce(user_name, '') = ?",
                active,
                keyId,
                account,
                userName == null ? "" : userName);
        requireOne(changed, keyId);
    }

    static void delete(Tx tx, String account, @Nullable String userName, String keyId) {
        int changed = tx.update(
                "DELETE FROM iam_access_key WHERE key_id = ? AND account = ? AND coalesce(user_name, '') = ?",
                keyId,
                account,
                userName == null ? "" : userName);
        requireOne(changed, keyId);
    }

    /** The user whose key it is; empty for the root's and for unknown ones. */
    static Optional<String> ownerName(Tx tx, String account, String keyId) {
        return row(tx, keyId)
                .filter(row -> row.account().equals(account))
                .flatMap(row -> Optional.ofNullable(row.userName()));
    }

    private static void requireOne(int changed, String keyId) {
        if (changed != 1) {
            throw IamErrors.noKey(keyId);
        }
    }

    private static Optional<Row> row(Tx tx, String keyId) {
        return tx.first(
                "SELECT account, user_name, sealed, active, used_at FROM iam_access_key WHERE key_id = ?",
                row -> new Row(row.text(1), row.textOrNull(2), row.bytes(3), row.flag(4), row.instantOrNull(5)),
                keyId);
    }

    private static Optional<Principal> owner(Tx tx, String keyId, Row row) {
        if (row.userName() == null) {
            return Optional.of(new Principal.Root(row.account(), keyId));
        }
        return EntityTable.find(tx, row.account(), EntityKind.USER, row.userName())
                .map(user -> new Principal.IamUser(user.account(), keyId, user.name(), user.uniqueId(), user.path()));
    }
}
