package belfry.alarms;

import belfry.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The decisions of each alarm, equal ones in a row as one, so that anyone can ask why an alert came or did not. */
public final class Decisions {
    /**
     * A run of equal decisions.
     *
     * @param reason the words of the newest of them
     * @param times how often it was decided so from {@code first} to {@code last}
     */
    public record Run(String decision, String reason, Instant first, Instant last, long times) {}

    private Decisions() {}

    /** An alarm's decisions, newest first. */
    public static List<Run> of(Tx tx, String account, String region, String alarm, int limit) {
        return tx.query(
                "SELECT decision, reason, first_at, last_at, times FROM alarm_decision"
                        + " WHERE account = ? AND region = ? AND alarm = ? ORDER BY seq DESC LIMIT ?",
                row -> new Run(row.text(1), row.text(2), row.instant(3), row.instant(4), row.number(5)),
                account,
                region,
                alarm,
                limit);
    }

    /** A decision that left an alarm's state as it was. */
    record Unchanged(Alarm alarm, Decision decision, String reason) {
        Unchanged {
            if (decision == Decision.FIRED) {
                throw new IllegalArgumentException("an alert is a change, and a decision of its own");
            }
        }
    }

    /** Records the decisions of many alarms: most of them are what was decided last. */
    static void record(Tx tx, List<Unchanged> unchanged, Instant now) {
        int[] updated = tx.updateAll(
                "UPDATE alarm_decision SET reason = ?, last_at = ?, times = times + 1 WHERE decision = ? AND seq ="
                        + " (SELECT MAX(seq) FROM alarm_decision WHERE account = ? AND region = ? AND alarm = ?)",
                unchanged.stream()
                        .map(one -> new Object[] {
                            one.reason(),
                            now,
                            one.decision().text(),
                            one.alarm().account(),
                            one.alarm().region(),
                            one.alarm().name()
                        })
                        .toList());
        for (int i = 0; i < updated.length; i++) {
            if (updated[i] == 0) {
                Unchanged one = unchanged.get(i);
                add(tx, one.alarm(), one.decision(), one.reason(), now);
            }
        }
    }

    static void record(Tx tx, Alarm alarm, Decision decision, String reason, Instant now) {
        Optional<Long> last = tx.first(
                        "SELECT seq, decision FROM alarm_decision WHERE account = ? AND region = ? AND alarm = ?"
                                + " ORDER BY seq DESC LIMIT 1",
                        row -> row.text(2).equals(decision.text())
                                ? Optional.of(row.number(1))
                                : Optional.<Long>empty(),
                        alarm.account(),
                        alarm.region(),
                        alarm.name())
                .flatMap(seq -> seq);
        // Alerts are each a decision of their own.
        if (last.isPresent() && decision != Decision.FIRED) {
            tx.update(
                    "UPDATE alarm_decision SET reason = ?, last_at = ?, times = times + 1 WHERE seq = ?",
                    reason,
                    now,
                    last.get());
        } else {
            add(tx, alarm, decision, reason, now);
        }
    }

    private static void add(Tx tx, Alarm alarm, Decision decision, String reason, Instant now) {
        tx.update(
                "INSERT INTO alarm_decision (account, region, alarm, decision, reason, first_at, last_at, times)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
                alarm.account(),
                alarm.region(),
                alarm.name(),
                decision.text(),
                reason,
                now,
                now);
    }
}
