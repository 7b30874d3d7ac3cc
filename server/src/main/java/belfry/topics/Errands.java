package belfry.topics;

import belfry.base.Json;
import belfry.store.Row;
import belfry.store.Tx;
import belfry.topics.web.RetryPolicy;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of the outbox that is carried to http, https and sms endpoints. Each message is tried on its own: one that
 * does not get through keeps back none but those of its own lane.
 */
public final class Errands {
    private static final String COLUMNS = "SELECT e.seq, e.lane, e.target, e.message_id, e.topic_arn,"
            + " e.subscription_arn, e.protocol, e.endpoint, e.headers, e.body, e.retries, e.dead_letter_arn,"
            + " e.dead_letter_body, e.attempts, e.queued_at, e.key_id, e.sealed FROM errand e ";
    private static final String HEADS_LANE =
            " AND NOT EXISTS (SELECT 1 FROM errand h WHERE h.lane = e.lane AND h.seq < e.seq)";

    private final DeadLetters deadLetters;
    private final StatusLogs statusLogs;

    Errands(DeadLetters deadLetters, StatusLogs statusLogs) {
        this.deadLetters = deadLetters;
        this.statusLogs = statusLogs;
    }

    /**
     * What is to be carried.
     *
     * @param lane empty for a lane of its own
     * @param keyId what the bodies are sealed with; {@link MessageSeals#NONE} where they are not
     * @param perSecond at most so many messages a second on average; 0 for no limit
     */
    record Load(
            String lane,
            String target,
            Map<String, String> headers,
            String body,
            long keyId,
            RetryPolicy retries,
            int perSecond,
            @Nullable String deadLetterArn,
            @Nullable String deadLetterBody) {
        ObjectNode content() {
            return Json.object().put("body", body).put("deadLetterBody", deadLetterBody);
        }
    }

    /** How long one that cannot be read is left before the next look. */
    private static final Duration LOCKED = Duration.ofMinutes(1);

    /** Queues it, as an open row of the outbox. */
    static void queue(Tx tx, Outbox.Address to, Load load, Instant now) {
        long seq = Outbox.open(tx, to, now);
        boolean sealed = load.keyId() != MessageSeals.NONE;
        tx.update(
                "INSERT INTO errand (seq, lane, target, message_id, topic_arn, subscription_arn, protocol, endpoint,"
                        + " headers, body, retries, dead_letter_arn, dead_letter_body, attempts, queued_at, due_at,"
                        + " key_id, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?)",
                seq,
                load.lane().isEmpty() ? "errand:" + seq : load.lane(),
                load.target(),
                to.messageId(),
                to.topicArn(),
                to.subscriptionArn(),
                to.protocol(),
                to.endpoint(),
                Json.write(Json.texts(load.headers())),
                sealed ? "" : load.body(),
                Json.write(load.retries().json()),
                load.deadLetterArn(),
                sealed ? null : load.deadLetterBody(),
                now,
                throttled(tx, to.subscriptionArn(), load.perSecond(), now),
                load.keyId(),
                sealed ? MessageSeals.seal(tx, load.keyId(), what(seq), load.content()) : null);
        tx.ring(Outbox.QUEUED);
    }

    private static String what(long seq) {
        return "errand:" + seq;
    }

    /** When a throttled subscription may get its next message; from then on it is taken. */
    private static Instant throttled(Tx tx, String subscriptionArn, int perSecond, Instant now) {
        if (perSecond == 0) {
            return now;
        }
        Instant free = tx.first(
                        "SELECT free_at FROM subscription_throttle WHERE subscription_arn = ?",
                        row -> row.instant(1),
                        subscriptionArn)
                .filter(now::isBefore)
                .orElse(now);
        tx.update(
                "INSERT INTO subscription_throttle (subscription_arn, free_at) VALUES (?, ?)"
                        + " ON CONFLICT (subscription_arn) DO UPDATE SET free_at = excluded.free_at",
                subscriptionArn,
                free.plus(Duration.ofSeconds(1).dividedBy(perSecond)));
        return free;
    }

    /** The targets for which something is due. */
    public List<String> dueTargets(Tx tx, Instant now) {
        return tx.query("SELECT DISTINCT target FROM errand WHERE due_at <= ?", row -> row.text(1), now);
    }

    /** What is due for a target, the longest waiting first; of each lane its first only. */
    public List<Errand> due(Tx tx, String target, Instant now, int limit) {
        return tx.query(
                COLUMNS + "WHERE e.target = ? AND e.due_at <= ?" + HEADS_LANE + " ORDER BY e.due_at, e.seq LIMIT ?",
                row -> read(tx, row),
                target,
                now,
                limit);
    }

    /** When the first errand that heads its lane falls due, of those that fall due after {@code after}. */
    public Optional<Instant> nextDue(Tx tx, Instant after) {
        return tx.instant("SELECT MIN(e.due_at) FROM errand e WHERE e.due_at > ?" + HEADS_LANE, after);
    }

    /**
     * How a try went.
     *
     * @param code the HTTP status or a word of ours, for delivery status logs and dead letters
     * @param answer what the other side said, cut
     * @param took how long it took
     */
    public record Report(String code, String answer, Duration took) {
        /** What is remembered of it: an answer may repeat a message that is not to lie about in plain text. */
        Outbox.Try of(Errand errand, String outcome, Instant at) {
            return new Outbox.Try(outcome, hides(errand) ? "" : answer, code, took, at);
        }

        String reason(Errand errand, String given) {
            return hides(errand) ? "HTTP status " + code + " (the answer is not kept: the topic is encrypted)" : given;
        }

        private boolean hides(Errand errand) {
            return errand.sealed() && code.matches("\\d+");
        }
    }

    /** The endpoint has taken it. */
    public void delivered(Tx tx, Errand errand, Report report, Instant now) {
        close(tx, errand, report.of(errand, "Accepted", now), new Decision.Sent(now));
    }

    /**
     * The endpoint has put it off: it is tried again if its policy has another retry, else buried.
     *
     * @param notBefore what the endpoint asked for
     */
    public void putOff(Tx tx, Errand errand, Report report, String reason, Duration notBefore, Instant now) {
        String why = report.reason(errand, reason);
        Optional<Duration> wait = errand.retries().after(errand.attempts() + 1);
        if (wait.isEmpty()) {
            String all = why + " (all " + (errand.attempts() + 1) + " tries failed)";
            bury(tx, errand, report.of(errand, "PutOff", now), all);
            return;
        }
        Duration longer = wait.get().compareTo(notBefore) < 0 ? notBefore : wait.get();
        Instant next = now.plus(longer);
        tx.update("UPDATE errand SET attempts = attempts + 1, due_at = ? WHERE seq = ?", next, errand.seq());
        Outbox.tried(tx, errand.seq(), report.of(errand, "PutOff", now), new Decision.Retrying(next, why), null);
        tx.ring(Outbox.QUEUED);
    }

    /** Its topic's key cannot be used: it waits, without a try of its own, for as long as a mail would. */
    public void locked(Tx tx, Errand errand, Locked locked, Instant now) {
        if (locked.forGood() || !now.isBefore(errand.queuedAt().plus(Outbox.TRIED))) {
            bury(tx, errand, new Report("KeyLocked", "", Duration.ZERO), locked.reason(), now);
            return;
        }
        Instant next = now.plus(LOCKED);
        tx.update("UPDATE errand SET due_at = ? WHERE seq = ?", next, errand.seq());
        tx.update("UPDATE outbox SET state = 'Retrying', reason = ? WHERE seq = ?", locked.reason(), errand.seq());
        tx.ring(Outbox.QUEUED);
    }

    /** The endpoint refuses it for good. A number that has opted out is not tried again for later messages. */
    public void bury(Tx tx, Errand errand, Report report, String reason, Instant now) {
        String scope = errand.headers().get(TextMessages.SCOPE);
        if (report.code().equals(OptOuts.CODE) && scope != null) {
            OptOuts.add(tx, TextScope.read(scope), errand.endpoint(), now);
        }
        bury(tx, errand, report.of(errand, "Refused", now), report.reason(errand, reason));
    }

    private void bury(Tx tx, Errand errand, Outbox.Try attempt, String reason) {
        String epitaph = reason;
        String queue = errand.deadLetterArn();
        if (queue != null && errand.locked() != null) {
            epitaph += "; not kept in " + queue + ", for nothing can read it";
        } else if (queue != null) {
            String body = errand.deadLetterBody() == null ? errand.body() : errand.deadLetterBody();
            var letter = DeadLetters.Letter.of(errand.topicArn(), queue, body, attempt.code(), reason);
            epitaph += deadLetters
                    .bury(tx, letter, attempt.at())
                    .map(why -> "; " + why)
                    .orElse("; kept in " + queue);
        }
        close(tx, errand, attempt, new Decision.Dead(epitaph));
    }

    private void close(Tx tx, Errand errand, Outbox.Try attempt, Decision decision) {
        if (tx.update("DELETE FROM errand WHERE seq = ?", errand.seq()) == 0) {
            // It was carried twice, and what became of it is written down.
            return;
        }
        statusLogs.carried(tx, errand, attempt, decision instanceof Decision.Sent);
        if (!errand.headers().getOrDefault("x-amz-sns-message-type", "").endsWith("Confirmation")) {
            SnsMetrics.ended(tx, errand.seq(), decision, attempt.at());
        }
        Outbox.tried(tx, errand.seq(), attempt, decision, attempt.at());
        // The next of its lane may be waiting.
        tx.ring(Outbox.QUEUED);
    }

    private static Errand read(Tx tx, Row row) {
        Errand errand = plain(row);
        if (errand.keyId() == MessageSeals.NONE) {
            return errand;
        }
        try {
            return errand.opened(MessageSeals.open(tx, errand.keyId(), what(errand.seq()), row.bytes(17)));
        } catch (MessageSeals.LockedException e) {
            return errand.locked(e.locked());
        }
    }

    private static Errand plain(Row row) {
        return new Errand(
                row.number(1),
                row.text(2),
                row.text(3),
                row.text(4),
                row.text(5),
                row.text(6),
                row.text(7),
                row.text(8),
                Json.texts(Json.parse(row.text(9))),
                row.text(10),
                RetryPolicy.read(Json.parse(row.text(11))),
                row.textOrNull(12),
                row.textOrNull(13),
                row.number(14),
                row.instant(15),
                row.number(16),
                null);
    }
}
