package belfry.access;

import belfry.base.Ids;
import belfry.base.Json;
import belfry.gateway.Principal;
import belfry.seal.RootKey;
import belfry.store.Row;
import belfry.store.Tx;
import belfry.wire.KeyLookup;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Temporary credentials: a key {@code ASIA…}, its sealed secret half, and a token that must come along (semantics:
 * eventbridge-iam.md §8). They are kept for a day beyond their end, so that who uses them hears that they have expired.
 */
public final class Sessions {
    /** Credentials just made: the only time that the secret half is shown. */
    record Made(String keyId, String secret, String token, Instant expiresAt) {
        /** Never the secret. */
        @Override
        public String toString() {
            return "Made[" + keyId + "]";
        }
    }

    /**
     * Whose session it is.
     *
     * @param kind {@code root}, {@code user} or {@code role}
     * @param name the user's or role's; empty for the root
     * @param uniqueId the user's or role's, so that another of the same name does not inherit it
     * @param session the session's name; empty but for roles
     * @param policies what it was narrowed to
     * @param tags the session's
     */
    record Holder(
            String account,
            String kind,
            String name,
            String uniqueId,
            String session,
            List<String> policies,
            Map<String, String> tags) {
        Holder {
            policies = List.copyOf(policies);
            tags = Map.copyOf(tags);
        }
    }

    private static final int ID_LETTERS = 16;
    private static final int SECRET_LENGTH = 40;
    private static final int TOKEN_LENGTH = 256;
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final KeySeal seal;
    private final Ids ids;

    /** @param ids needs a secure source of randomness */
    public Sessions(RootKey root, Ids ids) {
        this.seal = new KeySeal(root, "session");
        this.ids = ids;
    }

    static boolean isTemporary(String keyId) {
        return keyId.startsWith("ASIA");
    }

    Made make(Tx tx, Holder holder, Duration lifetime, Instant now) {
        tx.update("DELETE FROM iam_session WHERE expires_at < ?", now.minus(REMEMBERED));
        Made made = new Made(
                "ASIA" + ids.upperAlphanumeric(ID_LETTERS),
                ids.alphanumeric(SECRET_LENGTH),
                ids.alphanumeric(TOKEN_LENGTH),
                now.plus(lifetime));
        ArrayNode policies = Json.object().putArray("policies");
        holder.policies().forEach(policies::add);
        tx.update(
                "INSERT INTO iam_session (key_id, account, kind, name, unique_id, session, sealed, token, policies, tags,"
                        + " created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                made.keyId(),
                holder.account(),
                holder.kind(),
                holder.name(),
                holder.uniqueId(),
                holder.session(),
                seal.seal(made.keyId(), made.secret()),
                made.token(),
                Json.write(policies),
                Json.write(Json.texts(holder.tags())),
                now,
                made.expiresAt());
        return made;
    }

    /** The secret half, the token and the end, for the verification of one signature. */
    Optional<KeyLookup.Key> key(Tx tx, String keyId) {
        return tx.first(
                "SELECT sealed, token, expires_at FROM iam_session WHERE key_id = ?",
                row -> new KeyLookup.Key(seal.open(keyId, row.bytes(1)), row.text(2), row.instant(3)),
                keyId);
    }

    /** Who holds the key, as long as the user or role is still there. */
    static Optional<Principal> principal(Tx tx, String keyId) {
        return tx.first(
                        "SELECT account, kind, name, unique_id, session, policies, tags, created_at FROM iam_session"
                                + " WHERE key_id = ?",
                        row -> new Found(holder(row), row.instant(8)),
                        keyId)
                .flatMap(found -> principal(tx, keyId, found));
    }

    /** What a session was narrowed to and which tags it has; nothing for other keys. */
    static Optional<Holder> holder(Tx tx, String keyId) {
        return tx.first(
                "SELECT account, kind, name, unique_id, session, policies, tags FROM iam_session WHERE key_id = ?",
                Sessions::holder,
                keyId);
    }

    private record Found(Holder holder, Instant since) {}

    private static Optional<Principal> principal(Tx tx, String keyId, Found found) {
        Holder holder = found.holder();
        if (holder.kind().equals("root")) {
            return Optional.of(new Principal.Root(holder.account(), keyId));
        }
        EntityKind kind = holder.kind().equals("role") ? EntityKind.ROLE : EntityKind.USER;
        return EntityTable.find(tx, holder.account(), kind, holder.name())
                .filter(entity -> entity.uniqueId().equals(holder.uniqueId()))
                .map(entity -> kind == EntityKind.ROLE
                        ? new Principal.AssumedRole(
                                entity.account(),
                                keyId,
                                entity.name(),
                                entity.uniqueId(),
                                entity.arn(),
                                holder.session(),
                                found.since())
                        : new Principal.IamUser(
                                entity.account(),
                                keyId,
                                entity.name(),
                                entity.uniqueId(),
                                entity.path(),
                                found.since()));
    }

    private static Holder holder(Row row) {
        List<String> policies = new ArrayList<>();
        Json.parse(row.text(6)).forEach(policy -> policies.add(policy.asText()));
        Map<String, String> tags = Json.texts(Json.parse(row.text(7)));
        return new Holder(row.text(1), row.text(2), row.text(3), row.text(4), row.text(5), policies, tags);
    }
}
