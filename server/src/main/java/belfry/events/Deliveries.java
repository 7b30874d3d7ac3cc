package belfry.events;

import belfry.base.Bell;
import belfry.store.Row;
import belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The table between matching and delivering. Each target's service is a lane of its own; the stage that owns the service
 * takes the lane's open rows with {@link #due} and says in the same transaction what became of them. The lane
 * {@link #DLQ} holds what is to be put into a dead-letter queue.
 */
public final class Deliveries {
    /** Rung when rows were opened. */
    public static final Bell OPENED = new Bell("events.opened");

    /** The lane of what is to be buried in a queue. */
    public static final String DLQ = "dlq";

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int DOUBLINGS_MAX = 10;

    private Deliveries() {}

    /** Opens a row. */
    static void open(Tx tx, Plan plan, Instant now) {
        RuleTarget target = plan.target();
        insert(tx, plan, target.service(), now);
        tx.ring(OPENED);
    }

    private static void insert(Tx tx, Plan plan, String lane, Instant now) {
        RuleTarget target = plan.target();
        tx.update(
                "INSERT INTO event_delivery (account, region, rule_arn, target_id, target_arn, group_id, dlq_arn,"
                        + " max_retries, gives_up_at, event_id, event, payload, forwarded, lane, state, code, reason,"
                        + " attempts, matched_at, next_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'Matched', '', '', 0, ?, ?)",
                plan.rule().account(),
                plan.rule().region(),
                plan.rule().arn(),
                target.id(),
                target.arn(),
                target.groupId(),
                target.dlqArn(),
                plan.maxRetries(),
                now.plus(plan.maxAge()),
                plan.eventId(),
                plan.event(),
                plan.payload(),
                plan.forwarded(),
                lane,
                now,
                now);
    }

    /** Opens a row for an event that the target's template cannot take: it goes where failures go. */
    static void openBroken(Tx tx, Plan plan, String reason, Instant now) {
        insert(tx, plan, plan.target().service(), now);
        long seq = tx.count("SELECT MAX(seq) FROM event_delivery");
        tx.first(COLUMNS + "WHERE seq = ?", Deliveries::read, seq)
                .ifPresent(row -> failed(tx, row, new Failure(Failure.Code.SDK_CLIENT_ERROR, reason), now));
        tx.ring(OPENED);
    }

    private static final String COLUMNS = "SELECT seq, account, region, rule_arn, target_arn, group_id, dlq_arn,"
            + " max_retries, gives_up_at, event, payload, forwarded, lane, code, reason, exhausted, attempts"
            + " FROM event_delivery ";

    /** What is to be tried now in a lane, oldest first. */
    public static List<Delivery> due(Tx tx, String lane, Instant now, int limit) {
        return tx.query(
                COLUMNS + "WHERE lane = ? AND next_at <= ? ORDER BY seq LIMIT ?", Deliveries::read, lane, now, limit);
    }

    /** When the first open row of a lane falls due. */
    public static Optional<Instant> nextDue(Tx tx, String lane) {
        return tx.instant("SELECT MIN(next_at) FROM event_delivery WHERE lane = ? AND next_at IS NOT NULL", lane);
    }

    /** The target has it. */
    public static void delivered(Tx tx, Delivery delivery, Instant now) {
        tx.update(
                "UPDATE event_delivery SET state = 'Delivered', next_at = NULL, done_at = ? WHERE seq = ?",
                now,
                delivery.seq());
        RuleMetrics.delivered(tx, delivery, now);
    }

    /** It could not be delivered: tried again, buried, or given up, as its target's retry policy says. */
    public static void failed(Tx tx, Delivery delivery, Failure failure, Instant now) {
        String exhausted = exhausted(delivery, failure, now);
        if (failure.code().passing() && exhausted == null) {
            Instant next = now.plus(pause(delivery.attempts()));
            update(tx, delivery, "Retrying", failure, null, new Next(delivery.service(), next, null));
            RuleMetrics.retrying(tx, delivery, now);
            return;
        }
        boolean refused = failure.code() == Failure.Code.NO_PERMISSIONS;
        boolean buries = delivery.dlqArn() != null;
        Next next = buries ? new Next(DLQ, now, null) : new Next(delivery.service(), null, now);
        update(tx, delivery, refused ? "NotAuthorised" : "Dead", failure, exhausted, next);
        RuleMetrics.failed(tx, delivery, now);
        if (buries) {
            tx.ring(OPENED);
        }
    }

    private record Next(
            String lane, @Nullable Instant next, @Nullable Instant done) {}

    private static void update(
            Tx tx, Delivery delivery, String state, Failure failure, @Nullable String exhausted, Next next) {
        tx.update(
                "UPDATE event_delivery SET state = ?, code = ?, reason = ?, exhausted = ?, attempts = attempts + 1,"
                        + " lane = ?, next_at = ?, done_at = ? WHERE seq = ?",
                state,
                failure.code().name(),
                failure.reason(),
                exhausted,
                next.lane(),
                next.next(),
                next.done(),
                delivery.seq());
    }

    private static @Nullable String exhausted(Delivery delivery, Failure failure, Instant now) {
        if (!failure.code().passing()) {
            return null;
        }
        if (delivery.attempts() >= delivery.maxRetries()) {
            return "MaximumRetryAttempts";
        }
        boolean late = now.plus(pause(delivery.attempts())).isAfter(delivery.givesUpAt());
        return late ? "MaximumEventAgeInSeconds" : null;
    }

    /** Doubles from a second to a quarter of an hour. */
    private static Duration pause(long failures) {
        return FIRST_PAUSE.multipliedBy(1L << Math.min(failures, DOUBLINGS_MAX));
    }

    /** It lies in its dead-letter queue. */
    public static void buried(Tx tx, Delivery delivery, Instant now) {
        tx.update(
                "UPDATE event_delivery SET state = 'DeadLettered', next_at = NULL, done_at = ? WHERE seq = ?",
                now,
                delivery.seq());
        RuleMetrics.buried(tx, delivery, now);
    }

    /** The dead-letter queue does not take it: only this row remains. */
    public static void unburied(Tx tx, Delivery delivery, String why, Instant now) {
        tx.update(
                "UPDATE event_delivery SET state = 'Dead', reason = ?, next_at = NULL, done_at = ? WHERE seq = ?",
                delivery.reason() + " The dead-letter queue did not take it: " + why,
                now,
                delivery.seq());
        RuleMetrics.unburied(tx, delivery, now);
    }

    /** What became of an event, target by target. */
    public static List<Decision> decisions(Tx tx, String eventId) {
        return tx.query(
                "SELECT state, code, reason, COALESCE(next_at, done_at, matched_at) FROM event_delivery"
                        + " WHERE event_id = ? ORDER BY seq",
                row -> Decision.of(row.text(1), row.text(2), row.text(3), row.instant(4)),
                eventId);
    }

    /** Forgets what was closed before {@code before}; at most {@code limit} rows. */
    static int forget(Tx tx, Instant before, int limit) {
        return tx.update(
                "DELETE FROM event_delivery WHERE seq IN (SELECT seq FROM event_delivery WHERE done_at < ? LIMIT ?)",
                before,
                limit);
    }

    private static Delivery read(Row row) {
        return new Delivery(
                row.number(1),
                row.text(2),
                row.text(3),
                row.text(4),
                row.text(5),
                row.textOrNull(6),
                row.textOrNull(7),
                row.number(8),
                row.instant(9),
                row.text(10),
                row.text(11),
                row.flag(12),
                row.text(13).equals(DLQ),
                row.text(14),
                row.text(15),
                row.textOrNull(16),
                row.number(17));
    }
}
