package belfry.alarms;

import belfry.base.Bell;
import belfry.engine.alarm.AlarmState;
import belfry.store.Row;
import belfry.store.Tx;
import java.util.List;
import java.util.Optional;

/** The actions that alarms ask for, in their order. The topics take them by cursor and report back. */
public final class AlarmActions {
    /** Rung when there are new actions. */
    public static final Bell FIRED = new Bell("alarms.fired");

    private static final String COLUMNS = "seq, account, region, alarm, kind, alarm_arn, action, old_state, new_state,"
            + " reason, at, subject, message_json, message_email, message_sms, evidence";

    private AlarmActions() {}

    /** The actions after {@code seq} that nothing is reported of yet, oldest first. */
    public static List<AlarmAction> pending(Tx tx, long seq, int limit) {
        return tx.query(
                "SELECT " + COLUMNS + " FROM alarm_action WHERE seq > ? AND outcome IS NULL ORDER BY seq LIMIT ?",
                AlarmActions::action,
                seq,
                limit);
    }

    /** One action, while it is kept. */
    public static Optional<AlarmAction> find(Tx tx, long seq) {
        return tx.first("SELECT " + COLUMNS + " FROM alarm_action WHERE seq = ?", AlarmActions::action, seq);
    }

    static AlarmAction add(
            Tx tx, Alarm alarm, StateChange change, String action, AlarmMessage message, Evidence evidence) {
        tx.update(
                "INSERT INTO alarm_action (account, region, alarm, kind, alarm_arn, action, old_state, new_state,"
                        + " reason, at, subject, message_json, message_email, message_sms, evidence)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                alarm.account(),
                alarm.region(),
                alarm.name(),
                alarm.kind().awsName(),
                alarm.arn(),
                action,
                change.from().name(),
                change.to().name(),
                change.reason(),
                change.at(),
                message.subject(),
                message.json(),
                message.email(),
                message.sms(),
                evidence.toJson());
        return find(tx, tx.count("SELECT MAX(seq) FROM alarm_action")).orElseThrow();
    }

    static void settle(Tx tx, AlarmAction action, String outcome) {
        tx.update("UPDATE alarm_action SET outcome = ? WHERE seq = ?", outcome, action.seq());
    }

    private static AlarmAction action(Row row) {
        return new AlarmAction(
                row.number(1),
                row.text(2),
                row.text(3),
                row.text(4),
                AlarmKind.parse(row.text(5)),
                row.text(6),
                row.text(7),
                AlarmState.valueOf(row.text(8)),
                AlarmState.valueOf(row.text(9)),
                row.text(10),
                row.instant(11),
                new AlarmMessage(row.text(12), row.text(13), row.text(14), row.text(15)),
                Evidence.parse(row.text(16)));
    }
}
