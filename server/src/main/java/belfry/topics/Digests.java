package belfry.topics;

import belfry.base.Bell;
import belfry.store.Row;
import belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The store of digests (docs/decisions/0816). A mail to a subscription with a digest opens a window; what comes until its
 * end is gathered as rows of the outbox in the state {@code Gathered}, and {@link DigestPump} makes one mail of them.
 */
final class Digests {
    /** Rung when a window opens, fills up or changes. */
    static final Bell CHANGED = new Bell("topics.digests");

    /** A digest with so many messages goes before its time. */
    static final int MESSAGES_MAX = 1_000;

    private static final Duration LOCKED = Duration.ofMinutes(1);
    static final int TEXT_MAX = 16_000;
    private static final String WAITING = " FROM outbox o WHERE o.subscription_arn = ? AND o.digest_line IS NOT NULL"
            + " AND o.digest IS NULL AND o.state = 'Gathered'";

    private Digests() {}

    /**
     * A message of a digest.
     *
     * @param mailed whether it was mailed at once, while those before it had to wait: listed for the order's sake
     * @param keyId what it is sealed with; {@link MessageSeals#NONE} where it is not
     * @param locked whether it is sealed, and its topic's key cannot be used now
     */
    record Gathered(
            long seq,
            boolean mailed,
            String mailId,
            String topicArn,
            String endpoint,
            String sender,
            @Nullable String unsubscribeUrl,
            String subject,
            String text,
            Instant at,
            @Nullable String alarm,
            long keyId,
            boolean locked,
            DigestLine line) {}

    /** Waits for the key that something gathered is sealed with. */
    static void postpone(Tx tx, String subscriptionArn, Instant now) {
        tx.update("UPDATE digest_window SET ends_at = ? WHERE subscription_arn = ?", now.plus(LOCKED), subscriptionArn);
        tx.ring(CHANGED);
    }

    /** When a subscription is quiet again. */
    private record Window(
            Instant endsAt, long gathered, @Nullable Instant alarmAt) {
        boolean over(Instant now) {
            return !endsAt.isAfter(now) && gathered == 0;
        }

        /** Whether no ALARM has come for a period. */
        boolean calm(Duration period, Instant now) {
            return alarmAt == null || !alarmAt.plus(period).isAfter(now);
        }
    }

    /**
     * Whether a message is to be gathered. If not, it is a mail of its own.
     *
     * @param period what the subscription asks for
     * @param alarming whether it tells of an ALARM
     */
    static boolean gathers(Tx tx, String subscriptionArn, Duration period, boolean alarming, Instant now) {
        Optional<Window> window = tx.first(
                        "SELECT ends_at, gathered, alarm_at FROM digest_window WHERE subscription_arn = ?",
                        row -> new Window(row.instant(1), row.number(2), row.instantOrNull(3)),
                        subscriptionArn)
                .filter(found -> !found.over(now));
        if (window.isEmpty()) {
            open(tx, subscriptionArn, period, now);
        }
        if (alarming) {
            tx.update("UPDATE digest_window SET alarm_at = ? WHERE subscription_arn = ?", now, subscriptionArn);
        }
        boolean waits = window.isPresent() && !(alarming && window.get().calm(period, now));
        if (waits) {
            count(tx, subscriptionArn, window.get().gathered() + 1, now);
        }
        return waits;
    }

    private static void count(Tx tx, String subscriptionArn, long gathered, Instant now) {
        tx.update("UPDATE digest_window SET gathered = ? WHERE subscription_arn = ?", gathered, subscriptionArn);
        if (gathered >= MESSAGES_MAX) {
            tx.update(
                    "UPDATE digest_window SET ends_at = ? WHERE subscription_arn = ? AND ends_at > ?",
                    now,
                    subscriptionArn,
                    now);
            tx.ring(CHANGED);
        }
    }

    private static void open(Tx tx, String subscriptionArn, Duration period, Instant now) {
        tx.update(
                "INSERT INTO digest_window (subscription_arn, opened_at, ends_at, gathered) VALUES (?, ?, ?, 0)"
                        + " ON CONFLICT (subscription_arn) DO UPDATE SET opened_at = excluded.opened_at,"
                        + " ends_at = excluded.ends_at, gathered = 0",
                subscriptionArn,
                now,
                now.plus(period));
        tx.ring(CHANGED);
    }

    /** The subscription's period is another one, or none: what was gathered goes accordingly. */
    static void changed(Tx tx, String subscriptionArn, Optional<Duration> period, Instant now) {
        tx.first(
                        "SELECT opened_at FROM digest_window WHERE subscription_arn = ?",
                        row -> row.instant(1),
                        subscriptionArn)
                .ifPresent(opened -> {
                    Instant end = period.map(opened::plus).filter(now::isBefore).orElse(now);
                    tx.update("UPDATE digest_window SET ends_at = ? WHERE subscription_arn = ?", end, subscriptionArn);
                    tx.ring(CHANGED);
                });
    }

    /** The subscriptions whose windows have ended. */
    static List<String> ended(Tx tx, Instant now, int limit) {
        return tx.query(
                "SELECT subscription_arn FROM digest_window WHERE ends_at <= ? ORDER BY ends_at LIMIT ?",
                row -> row.text(1),
                now,
                limit);
    }

    static Optional<Instant> nextEnd(Tx tx) {
        return tx.instant("SELECT MIN(ends_at) FROM digest_window");
    }

    /** What waits for a subscription's digest, oldest first, and what was mailed at once meanwhile. */
    static List<Gathered> waiting(Tx tx, String subscriptionArn) {
        Optional<Long> first = tx.first(
                        "SELECT MIN(o.seq)" + WAITING, row -> Optional.ofNullable(row.numberOrNull(1)), subscriptionArn)
                .orElseGet(Optional::empty);
        return first.map(from -> tx.query(
                        "SELECT o.seq, o.state, o.mail_id, o.topic_arn, o.endpoint, o.sender, o.unsubscribe_url,"
                                + " o.subject, substr(o.text, 1, " + TEXT_MAX
                                + "), o.queued_at, o.alarm, o.digest_line,"
                                + " o.key_id, o.sealed"
                                + " FROM outbox o WHERE o.subscription_arn = ? AND o.digest_line IS NOT NULL"
                                + " AND o.digest IS NULL AND o.seq >= ? ORDER BY o.seq LIMIT " + MESSAGES_MAX,
                        row -> gathered(tx, row),
                        subscriptionArn,
                        from))
                .orElse(List.of());
    }

    /** Notes which row of the outbox carries the messages up to {@code last}; their own texts are not needed then. */
    static void carry(Tx tx, String subscriptionArn, long last, long digest, String mailId) {
        tx.update(
                "UPDATE outbox SET digest = ?, mail_id = ?, reason = ?, text = '', html = NULL,"
                        + " digest_line = CASE WHEN key_id > 0 THEN NULL ELSE digest_line END, sealed = NULL, key_id = 0"
                        + " WHERE subscription_arn = ? AND state = 'Gathered' AND digest IS NULL AND seq <= ?",
                digest,
                mailId,
                "in the digest " + digest,
                subscriptionArn,
                last);
    }

    /** A window has ended, and what it gathered is on its way: the next one begins, unless nothing was gathered. */
    static void next(Tx tx, String subscriptionArn, Instant now) {
        long left = tx.count("SELECT COUNT(*)" + WAITING, subscriptionArn);
        Optional<Duration> period =
                Subscription.find(tx, subscriptionArn).flatMap(known -> DigestPeriod.of(known.attributes()));
        boolean quiet = tx.count("SELECT gathered FROM digest_window WHERE subscription_arn = ?", subscriptionArn) == 0;
        if (left > 0) {
            tx.update("UPDATE digest_window SET gathered = ? WHERE subscription_arn = ?", left, subscriptionArn);
        } else if (quiet || period.isEmpty()) {
            tx.update("DELETE FROM digest_window WHERE subscription_arn = ?", subscriptionArn);
        } else {
            open(tx, subscriptionArn, period.get(), now);
        }
    }

    /** What became of a digest became of the messages in it. */
    static void ended(Tx tx, long digest, Decision decision, Instant now) {
        tx.update(
                "UPDATE outbox SET state = ?, reason = ?, done_at = ? WHERE digest = ?",
                decision.name(),
                decision.reason(),
                now,
                digest);
    }

    private static Gathered gathered(Tx tx, Row row) {
        long keyId = row.number(13);
        DigestSeals.Content content =
                DigestSeals.read(tx, keyId, row.text(3), row.text(9), row.text(12), row.bytesOrNull(14));
        return new Gathered(
                row.number(1),
                !row.text(2).equals(Decision.Gathered.NAME),
                row.text(3),
                row.text(4),
                row.text(5),
                row.text(6),
                row.textOrNull(7),
                row.text(8),
                content.text(),
                row.instant(10),
                row.textOrNull(11),
                keyId,
                content.locked(),
                content.line());
    }
}
