package belfry.events;

import belfry.base.Arn;
import belfry.base.TextMap;
import belfry.store.Row;
import belfry.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a bus.
 *
 * @param id the row's number; 0 before it is stored
 * @param pattern the event pattern as given, or null
 * @param schedule the schedule expression as given, or null
 * @param managedBy the service whose rule it is; null for people's own
 */
record BusRule(
        long id,
        String account,
        String region,
        String bus,
        String name,
        RuleState state,
        @Nullable String pattern,
        @Nullable String schedule,
        @Nullable String description,
        @Nullable String roleArn,
        SortedMap<String, String> tags,
        Instant createdAt,
        @Nullable String managedBy) {
    private static final String COLUMNS =
            "SELECT id, account, region, bus, name, state, pattern, schedule, description,"
                    + " role_arn, tags, created_at, managed_by FROM event_rule ";

    String arn() {
        String path = bus.equals(Bus.DEFAULT) ? name : bus + "/" + name;
        return Arn.of("events", region, account, "rule/" + path).toString();
    }

    static Optional<BusRule> find(Tx tx, Bus bus, String name) {
        return tx.first(
                COLUMNS + "WHERE account = ? AND region = ? AND bus = ? AND name = ?",
                BusRule::read,
                bus.account(),
                bus.region(),
                bus.name(),
                name);
    }

    /** @throws belfry.wire.ServiceException {@code ResourceNotFoundException} */
    static BusRule get(Tx tx, Bus bus, String name) {
        return find(tx, bus, name).orElseThrow(() -> Faults.ruleMissing(name, bus.name()));
    }

    static Optional<BusRule> byId(Tx tx, long id) {
        return tx.first(COLUMNS + "WHERE id = ?", BusRule::read, id);
    }

    /** The rules of a bus whose names begin with {@code prefix}, behind {@code after}. */
    static List<BusRule> list(Tx tx, Bus bus, String prefix, String after, int limit) {
        return tx.query(
                COLUMNS + "WHERE account = ? AND region = ? AND bus = ? AND substr(name, 1, ?) = ? AND name > ?"
                        + " ORDER BY name LIMIT ?",
                BusRule::read,
                bus.account(),
                bus.region(),
                bus.name(),
                prefix.length(),
                prefix,
                after,
                limit);
    }

    static long count(Tx tx, Bus bus) {
        return tx.count(
                "SELECT COUNT(*) FROM event_rule WHERE account = ? AND region = ? AND bus = ?",
                bus.account(),
                bus.region(),
                bus.name());
    }

    /** Those whose schedule is due. */
    static List<BusRule> due(Tx tx, Instant now, int limit) {
        return tx.query(COLUMNS + "WHERE next_at <= ? ORDER BY next_at, id LIMIT ?", BusRule::read, now, limit);
    }

    void save(Tx tx, @Nullable Instant next) {
        tx.update(
                "INSERT INTO event_rule (account, region, bus, name, state, pattern, schedule, description, role_arn,"
                        + " tags, created_at, next_at, managed_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (account, region, bus, name) DO UPDATE SET state = excluded.state,"
                        + " pattern = excluded.pattern, schedule = excluded.schedule,"
                        + " description = excluded.description, role_arn = excluded.role_arn, tags = excluded.tags,"
                        + " next_at = excluded.next_at",
                account,
                region,
                bus,
                name,
                state.name(),
                pattern,
                schedule,
                description,
                roleArn,
                TextMap.write(tags),
                createdAt,
                next,
                managedBy);
    }

    /** @throws belfry.wire.ServiceException {@code ManagedRuleException} for a service's rule, unless forced */
    BusRule own(boolean forced) {
        if (managedBy != null && !forced) {
            throw Faults.managed(name, managedBy);
        }
        return this;
    }

    void delete(Tx tx) {
        tx.update("DELETE FROM event_target WHERE rule_id = ?", id);
        tx.update("DELETE FROM event_rule WHERE id = ?", id);
    }

    void setTags(Tx tx, SortedMap<String, String> to) {
        tx.update("UPDATE event_rule SET tags = ? WHERE id = ?", TextMap.write(to), id);
    }

    BusRule in(RuleState other) {
        return new BusRule(
                id,
                account,
                region,
                bus,
                name,
                other,
                pattern,
                schedule,
                description,
                roleArn,
                tags,
                createdAt,
                managedBy);
    }

    private static BusRule read(Row row) {
        return new BusRule(
                row.number(1),
                row.text(2),
                row.text(3),
                row.text(4),
                row.text(5),
                RuleState.valueOf(row.text(6)),
                row.textOrNull(7),
                row.textOrNull(8),
                row.textOrNull(9),
                row.textOrNull(10),
                TextMap.read(row.text(11)),
                row.instant(12),
                row.textOrNull(13));
    }
}
