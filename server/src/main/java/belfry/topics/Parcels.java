package belfry.topics;

import belfry.store.Row;
import belfry.store.Tx;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The outbox as {@code delivery} sees it: the open mails in the order of their lanes, and what became of each try. A
 * parcel whose lane has an older open one waits for it.
 */
public final class Parcels {
    private static final String HEAD_DUE =
            "(SELECT h.next_at FROM outbox h WHERE h.lane = o.lane AND h.next_at IS NOT NULL ORDER BY h.seq LIMIT 1)"
                    + " <= ?";

    private Parcels() {}

    /** The recipients for whom something is to be tried now, the longest waiting first. */
    public static List<String> dueEndpoints(Tx tx, Instant now) {
        return tx.query(
                "SELECT o.endpoint FROM outbox o WHERE o.next_at IS NOT NULL AND " + HEAD_DUE
                        + " GROUP BY o.endpoint ORDER BY MIN(o.seq)",
                row -> row.text(1),
                now);
    }

    /** A recipient's parcels to try now, oldest first; more than one of a lane, but never one before those ahead of it. */
    public static List<Parcel> due(Tx tx, String endpoint, Instant now, int limit) {
        return tx.query(
                "SELECT o.seq, o.lane, o.endpoint, o.mail_id, o.sender, o.subject, o.text, o.html, o.unsubscribe_url,"
                        + " o.attempts, o.queued_at, o.alarm, o.in_reply_to, o.mail_references,"
                        + " o.key_id, o.sealed FROM outbox o WHERE o.endpoint = ? AND o.next_at IS NOT NULL AND "
                        + HEAD_DUE
                        + " ORDER BY o.seq LIMIT ?",
                row -> parcel(tx, row),
                endpoint,
                now,
                limit);
    }

    /** When the first parcel that heads its lane falls due, of those that do so after {@code after}. */
    public static Optional<Instant> nextDue(Tx tx, Instant after) {
        return tx.instant(
                "SELECT MIN(o.next_at) FROM outbox o WHERE o.next_at > ? AND NOT EXISTS (SELECT 1 FROM"
                        + " outbox h WHERE h.lane = o.lane AND h.next_at IS NOT NULL AND h.seq < o.seq)",
                after);
    }

    /** The server has taken it. If it was away before, all that waited for it is due now. */
    public static void sent(Tx tx, Parcel parcel, Instant now) {
        attempt(tx, parcel, "Accepted", "", now);
        end(tx, parcel.seq(), 1, new Decision.Sent(now), now);
        tx.update(
                "UPDATE outbox SET next_at = ?, waits_for_server = 0 WHERE next_at > ? AND waits_for_server = 1",
                now,
                now);
    }

    /** The server refuses it for good. */
    public static void dead(Tx tx, Parcel parcel, String reason, Instant now) {
        attempt(tx, parcel, "Refused", reason, now);
        end(tx, parcel.seq(), 1, new Decision.Dead(reason), now);
    }

    /** The server put this one off. */
    public static void retry(Tx tx, Parcel parcel, Decision.Retrying retry, Instant now) {
        attempt(tx, parcel, "PutOff", retry.reason(), now);
        tx.update(
                "UPDATE outbox SET state = 'Retrying', reason = ?, attempts = attempts + 1, next_at = ? WHERE seq = ?",
                retry.reason(),
                retry.next(),
                parcel.seq());
        giveUp(tx, now);
    }

    /** The server is away: all that is due waits, without a try each. */
    public static void serverAway(Tx tx, Parcel parcel, Decision.Retrying retry, Instant now) {
        attempt(tx, parcel, "Away", retry.reason(), now);
        tx.update(
                "UPDATE outbox SET state = 'Retrying', reason = ?, attempts = attempts + 1, waits_for_server = 1,"
                        + " next_at = ? WHERE next_at <= ?",
                retry.reason(),
                retry.next(),
                now);
        giveUp(tx, now);
    }

    /** What has failed to the end of its time is tried no more. */
    private static void giveUp(Tx tx, Instant now) {
        Map<Long, Decision> over = new LinkedHashMap<>();
        tx.query(
                        "SELECT seq, reason FROM outbox WHERE next_at IS NOT NULL AND give_up_at <= ?"
                                + " AND state = 'Retrying' ORDER BY seq",
                        row -> Map.entry(row.number(1), row.text(2)),
                        now)
                .forEach(one -> over.put(
                        one.getKey(), new Decision.Dead("given up, for it was tried for too long: " + one.getValue())));
        over.forEach((seq, dead) -> end(tx, seq, 0, dead, now));
    }

    /**
     * Closes a row, and with it what it carries.
     *
     * @param tries how many tries this counts as
     */
    private static void end(Tx tx, long seq, int tries, Decision decision, Instant now) {
        tx.update(
                "UPDATE outbox SET state = ?, reason = ?, attempts = attempts + ?, next_at = NULL, done_at = ?"
                        + " WHERE seq = ?",
                decision.name(),
                decision.reason(),
                tries,
                now,
                seq);
        SnsMetrics.ended(tx, seq, decision, now);
        Digests.ended(tx, seq, decision, now);
    }

    private static void attempt(Tx tx, Parcel parcel, String outcome, String reason, Instant now) {
        tx.update(
                "INSERT INTO delivery_attempt (outbox, at, outcome, reason) VALUES (?, ?, ?, ?)",
                parcel.seq(),
                now,
                outcome,
                reason);
    }

    private static Parcel parcel(Tx tx, Row row) {
        Letter letter = new Letter(row.text(5), row.text(6), row.text(7), row.textOrNull(8), row.textOrNull(9));
        long keyId = row.number(15);
        Locked locked = null;
        if (keyId != MessageSeals.NONE) {
            try {
                letter = letter.with(MessageSeals.open(tx, keyId, Outbox.what(row.text(4)), row.bytes(16)));
            } catch (MessageSeals.LockedException e) {
                locked = e.locked();
            }
        }
        return new Parcel(
                row.number(1),
                row.text(2),
                row.text(3),
                row.text(4),
                letter,
                new MailThread(row.textOrNull(12), row.textOrNull(13), row.textOrNull(14)),
                row.number(10),
                row.instant(11),
                keyId,
                locked);
    }
}
