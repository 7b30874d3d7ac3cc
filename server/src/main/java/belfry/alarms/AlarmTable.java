package belfry.alarms;

import belfry.base.Bell;
import belfry.engine.alarm.AlarmState;
import belfry.metrics.Datapoints;
import belfry.metrics.MetricRef;
import belfry.store.Row;
import belfry.store.Slots;
import belfry.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The alarms' rows. */
final class AlarmTable {
    /** Rung when an alarm is put or set, so that it is evaluated. */
    static final Bell CONFIGURED = new Bell("alarms.configured");

    private static final String COLUMNS = "id, account, region, name, kind, configuration, configured, actions_enabled,"
            + " state, reason, reason_data, state_updated, transitioned, suppressed_by, suppressed_until, held_from, due";

    private static final String WATCHED = "SELECT a.alarm, m.id, m.never_negative FROM alarm_metric a"
            + " JOIN metric m ON m.account = a.account AND m.region = a.region AND m.namespace = a.namespace"
            + " AND m.name = a.name AND m.dimensions = a.dimensions"
            + " WHERE a.alarm IN (" + Slots.of(Datapoints.AT_ONCE) + ")";

    private AlarmTable() {}

    static Optional<Alarm> find(Tx tx, String account, String region, String name) {
        return tx.first(
                "SELECT " + COLUMNS + " FROM alarm WHERE account = ? AND region = ? AND name = ?",
                AlarmTable::alarm,
                account,
                region,
                name);
    }

    static Optional<Alarm> find(Tx tx, long id) {
        return tx.first("SELECT " + COLUMNS + " FROM alarm WHERE id = ?", AlarmTable::alarm, id);
    }

    /** The alarms whose time has come, at most {@code limit}, the longest due first. */
    static List<Alarm> due(Tx tx, Instant now, int limit) {
        return tx.query(
                "SELECT " + COLUMNS + " FROM alarm WHERE due <= ? ORDER BY due LIMIT ?", AlarmTable::alarm, now, limit);
    }

    /** The alarms that look at a metric that changed, up to a row of {@code metric_change}. */
    static List<Alarm> concerned(Tx tx, long lastChange) {
        return tx.query(
                "SELECT " + COLUMNS + " FROM alarm WHERE id IN (SELECT a.alarm FROM metric_change c"
                        + " JOIN metric m ON m.id = c.metric"
                        + " JOIN alarm_metric a ON a.account = m.account AND a.region = m.region"
                        + " AND a.namespace = m.namespace AND a.name = m.name AND a.dimensions = m.dimensions"
                        + " WHERE c.seq <= ?) ORDER BY id",
                AlarmTable::alarm,
                lastChange);
    }

    /**
     * A metric that an alarm looks at, as it lies in the store.
     *
     * @param neverNegative whether none of its samples can be negative
     */
    record Watched(long alarm, long metric, boolean neverNegative) {}

    /** The metrics of alarms, of at most {@link Datapoints#AT_ONCE}; those that have had no sample yet are left out. */
    static List<Watched> watched(Tx tx, List<Long> alarms) {
        return tx.query(
                WATCHED,
                row -> new Watched(row.number(1), row.number(2), row.flag(3)),
                Slots.fill(alarms, Datapoints.AT_ONCE).toArray());
    }

    /** Alarms by name, those after {@code after}. */
    static List<Alarm> list(Tx tx, String account, String region, String prefix, String after, int limit) {
        return tx.query(
                "SELECT " + COLUMNS + " FROM alarm WHERE account = ? AND region = ? AND name > ?"
                        + " AND substr(name, 1, ?) = ? ORDER BY name LIMIT ?",
                AlarmTable::alarm,
                account,
                region,
                after,
                prefix.codePointCount(0, prefix.length()),
                prefix,
                limit);
    }

    /** The alarms that look at a metric, by name. */
    static List<Alarm> ofMetric(Tx tx, MetricRef metric) {
        return tx.query(
                "SELECT " + COLUMNS + " FROM alarm WHERE id IN (SELECT alarm FROM alarm_metric WHERE account = ?"
                        + " AND region = ? AND namespace = ? AND name = ? AND dimensions = ?) ORDER BY name",
                AlarmTable::alarm,
                metric.account(),
                metric.region(),
                metric.key().namespace(),
                metric.key().name(),
                metric.dimensionText());
    }

    /** A new alarm, not yet evaluated (alarms.md §1). */
    static Alarm create(
            Tx tx,
            String account,
            String region,
            String name,
            AlarmKind kind,
            String configuration,
            boolean actions,
            Instant now) {
        tx.update(
                "INSERT INTO alarm (account, region, name, kind, configuration, configured, actions_enabled, state,"
                        + " reason, state_updated, transitioned, due) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                account,
                region,
                name,
                kind.awsName(),
                configuration,
                now,
                actions,
                AlarmState.INSUFFICIENT_DATA.name(),
                "Unchecked: Initial alarm creation",
                now,
                now,
                now);
        return find(tx, account, region, name).orElseThrow();
    }

    /** A new configuration; the state stays. */
    static Alarm reconfigure(Tx tx, Alarm alarm, String configuration, boolean actions, Instant now) {
        tx.update(
                "UPDATE alarm SET configuration = ?, configured = ?, actions_enabled = ?, due = ? WHERE id = ?",
                configuration,
                now,
                actions,
                now,
                alarm.id());
        return find(tx, alarm.id()).orElseThrow();
    }

    static void setMetrics(Tx tx, long alarm, Set<MetricRef> metrics) {
        tx.update("DELETE FROM alarm_metric WHERE alarm = ?", alarm);
        for (MetricRef metric : metrics) {
            tx.update(
                    "INSERT INTO alarm_metric (account, region, namespace, name, dimensions, alarm)"
                            + " VALUES (?, ?, ?, ?, ?, ?)",
                    metric.account(),
                    metric.region(),
                    metric.key().namespace(),
                    metric.key().name(),
                    metric.dimensionText(),
                    alarm);
        }
    }

    static void setState(
            Tx tx, Alarm alarm, AlarmState state, String reason, @Nullable String reasonData, Instant now) {
        tx.update(
                "UPDATE alarm SET state = ?, reason = ?, reason_data = ?, state_updated = ?, transitioned = ?"
                        + " WHERE id = ?",
                state.name(),
                reason,
                reasonData,
                now,
                state == alarm.state() ? alarm.transitioned() : now,
                alarm.id());
    }

    static void setActionsEnabled(Tx tx, Alarm alarm, boolean enabled) {
        tx.update("UPDATE alarm SET actions_enabled = ? WHERE id = ?", enabled, alarm.id());
    }

    /** @param due null where only data can change the alarm */
    static void setDue(Tx tx, long alarm, @Nullable Instant due) {
        tx.update("UPDATE alarm SET due = ? WHERE id = ?", due, alarm);
    }

    /** @param dues each a due time, or null, and the alarm's id */
    static void setDue(Tx tx, List<@Nullable Object[]> dues) {
        var unused = tx.updateAll("UPDATE alarm SET due = ? WHERE id = ?", dues);
    }

    static void setHold(Tx tx, Alarm alarm, Hold hold) {
        tx.update(
                "UPDATE alarm SET suppressed_by = ?, suppressed_until = ?, held_from = ? WHERE id = ?",
                hold.by().map(SuppressedBy::awsName).orElse(null),
                hold.until().orElse(null),
                hold.from().map(AlarmState::name).orElse(null),
                alarm.id());
    }

    /** @param suppressor the name of the alarm that suppresses its actions; null for none */
    static void setSuppressor(Tx tx, long alarm, @Nullable String suppressor) {
        tx.update("UPDATE alarm SET suppressor = ? WHERE id = ?", suppressor, alarm);
    }

    /** The composite alarms whose actions an alarm suppresses. */
    static List<Alarm> suppressedBy(Tx tx, Alarm suppressor) {
        return tx.query(
                "SELECT " + COLUMNS + " FROM alarm WHERE account = ? AND region = ? AND suppressor = ? ORDER BY name",
                AlarmTable::alarm,
                suppressor.account(),
                suppressor.region(),
                suppressor.name());
    }

    static void delete(Tx tx, Alarm alarm) {
        tx.update("DELETE FROM alarm_metric WHERE alarm = ?", alarm.id());
        tx.update("DELETE FROM alarm_child WHERE parent = ?", alarm.id());
        tx.update("DELETE FROM alarm_tag WHERE alarm = ?", alarm.id());
        tx.update("DELETE FROM alarm WHERE id = ?", alarm.id());
    }

    private static Alarm alarm(Row row) {
        return new Alarm(
                row.number(1),
                row.text(2),
                row.text(3),
                row.text(4),
                AlarmKind.parse(row.text(5)),
                row.text(6),
                row.instant(7),
                row.flag(8),
                AlarmState.valueOf(row.text(9)),
                row.text(10),
                row.textOrNull(11),
                row.instant(12),
                row.instant(13),
                new Hold(
                        SuppressedBy.read(row.textOrNull(14)),
                        Optional.ofNullable(row.instantOrNull(15)),
                        Optional.ofNullable(row.textOrNull(16)).map(AlarmState::valueOf)),
                row.instantOrNull(17));
    }
}
