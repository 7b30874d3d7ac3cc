package belfry.alarms;

import belfry.base.Arn;
import belfry.engine.alarm.MuteSchedule;
import belfry.store.Row;
import belfry.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The mute rules' rows (alarms.md §12). */
final class Mutes {
    private static final String COLUMNS =
            "id, account, region, name, description, expression, duration, timezone, starts, expires, updated";

    private Mutes() {}

    /** A mute rule. */
    record Mute(
            long id,
            String account,
            String region,
            String name,
            @Nullable String description,
            String expression,
            String duration,
            @Nullable String timezone,
            @Nullable Instant starts,
            @Nullable Instant expires,
            Instant updated) {

        String arn() {
            return Mutes.arn(account, region, name);
        }

        MuteSchedule schedule() {
            return MuteSchedule.parse(expression, duration, timezone, starts, expires);
        }

        /** {@code ACTIVE} in a window, {@code SCHEDULED} before the next one, {@code EXPIRED} when none will come. */
        String status(Instant now) {
            MuteSchedule schedule = schedule();
            if (schedule.at(now).isPresent()) {
                return "ACTIVE";
            }
            return schedule.after(now).isPresent() ? "SCHEDULED" : "EXPIRED";
        }

        /** When the window that is open ends, or the next one begins. */
        Optional<Instant> due(Instant now) {
            MuteSchedule schedule = schedule();
            return schedule.at(now)
                    .map(MuteSchedule.Window::end)
                    .or(() -> schedule.after(now).map(MuteSchedule.Window::start));
        }
    }

    /** A mute rule at work: its ARN, and the window that is open. */
    record Active(String arn, MuteSchedule.Window window) {}

    static String arn(String account, String region, String name) {
        return Arn.of("cloudwatch", region, account, "alarm-mute-rule:" + name).toString();
    }

    /** The rule that mutes an alarm's actions; of several the one whose window ends last. */
    static Optional<Active> active(Tx tx, String account, String region, String alarm, Instant now) {
        Optional<Active> longest = Optional.empty();
        for (Mute mute : ofAlarm(tx, account, region, alarm)) {
            Optional<Active> active = mute.schedule().at(now).map(window -> new Active(mute.arn(), window));
            if (active.isPresent()
                    && (longest.isEmpty()
                            || longest.get()
                                    .window()
                                    .end()
                                    .isBefore(active.get().window().end()))) {
                longest = active;
            }
        }
        return longest;
    }

    private static List<Mute> ofAlarm(Tx tx, String account, String region, String alarm) {
        return tx.query(
                "SELECT " + COLUMNS + " FROM alarm_mute WHERE account = ? AND region = ? AND id IN"
                        + " (SELECT mute FROM alarm_mute_target WHERE alarm = ?) ORDER BY name",
                Mutes::mute,
                account,
                region,
                alarm);
    }

    static Optional<Mute> find(Tx tx, String account, String region, String name) {
        return tx.first(
                "SELECT " + COLUMNS + " FROM alarm_mute WHERE account = ? AND region = ? AND name = ?",
                Mutes::mute,
                account,
                region,
                name);
    }

    /** The rules by name, those after {@code after}; only those that target {@code alarm}, unless it is null. */
    static List<Mute> list(Tx tx, String account, String region, @Nullable String alarm, String after) {
        return tx.query(
                "SELECT " + COLUMNS + " FROM alarm_mute WHERE account = ? AND region = ? AND name > ?"
                        + " AND (? IS NULL OR id IN (SELECT mute FROM alarm_mute_target WHERE alarm = ?))"
                        + " ORDER BY name",
                Mutes::mute,
                account,
                region,
                after,
                alarm,
                alarm);
    }

    /** The rules for which something begins or ends. */
    static List<Mute> due(Tx tx, Instant now) {
        return tx.query("SELECT " + COLUMNS + " FROM alarm_mute WHERE due <= ? ORDER BY due, id", Mutes::mute, now);
    }

    static Optional<Instant> nextDue(Tx tx) {
        return tx.first("SELECT due FROM alarm_mute WHERE due IS NOT NULL ORDER BY due LIMIT 1", row -> row.instant(1));
    }

    static void setDue(Tx tx, Mute mute, @Nullable Instant due) {
        tx.update("UPDATE alarm_mute SET due = ? WHERE id = ?", due, mute.id());
    }

    static List<String> targets(Tx tx, Mute mute) {
        return tx.query(
                "SELECT alarm FROM alarm_mute_target WHERE mute = ? ORDER BY alarm", row -> row.text(1), mute.id());
    }

    private static Mute mute(Row row) {
        return new Mute(
                row.number(1),
                row.text(2),
                row.text(3),
                row.text(4),
                row.textOrNull(5),
                row.text(6),
                row.text(7),
                row.textOrNull(8),
                row.instantOrNull(9),
                row.instantOrNull(10),
                row.instant(11));
    }
}
