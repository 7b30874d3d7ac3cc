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
 * A bus. The default one exists in every account and region, stored or not.
 *
 * @param revision of the bus's rules; names one set of them for ever
 */
record Bus(
        String account,
        String region,
        String name,
        @Nullable String description,
        @Nullable String policy,
        SortedMap<String, String> tags,
        String revision,
        @Nullable Instant createdAt,
        @Nullable Instant changedAt) {
    static final String DEFAULT = "default";
    private static final String COLUMNS =
            "SELECT account, region, name, description, policy, tags, revision, created_at, changed_at FROM event_bus ";

    String arn() {
        return arn(account, region, name);
    }

    static String arn(String account, String region, String name) {
        return Arn.of("events", region, account, "event-bus/" + name).toString();
    }

    static Optional<Bus> find(Tx tx, String account, String region, String name) {
        Optional<Bus> stored =
                tx.first(COLUMNS + "WHERE account = ? AND region = ? AND name = ?", Bus::read, account, region, name);
        return stored.isPresent() || !name.equals(DEFAULT) ? stored : Optional.of(untouched(account, region));
    }

    /** @throws belfry.wire.ServiceException {@code ResourceNotFoundException} */
    static Bus get(Tx tx, BusName name) {
        return find(tx, name.account(), name.region(), name.name()).orElseThrow(() -> Faults.busMissing(name.name()));
    }

    static List<Bus> list(Tx tx, String account, String region) {
        List<Bus> buses = new java.util.ArrayList<>(
                tx.query(COLUMNS + "WHERE account = ? AND region = ? ORDER BY name", Bus::read, account, region));
        if (buses.stream().noneMatch(bus -> bus.name().equals(DEFAULT))) {
            buses.add(untouched(account, region));
            buses.sort(java.util.Comparator.comparing(Bus::name));
        }
        return buses;
    }

    private static Bus untouched(String account, String region) {
        return new Bus(account, region, DEFAULT, null, null, new java.util.TreeMap<>(), "", null, null);
    }

    /** Writes the bus as it stands here. */
    void save(Tx tx, Instant now) {
        tx.update(
                "INSERT INTO event_bus (account, region, name, description, policy, tags, revision, created_at, changed_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account, region, name) DO UPDATE SET"
                        + " description = excluded.description, policy = excluded.policy, tags = excluded.tags,"
                        + " revision = excluded.revision, changed_at = excluded.changed_at",
                account,
                region,
                name,
                description,
                policy,
                TextMap.write(tags),
                revision,
                now,
                now);
    }

    static void delete(Tx tx, Bus bus) {
        tx.update(
                "DELETE FROM event_bus WHERE account = ? AND region = ? AND name = ?",
                bus.account(),
                bus.region(),
                bus.name());
    }

    /** Its rules have changed. */
    Bus revised(String newRevision) {
        return new Bus(account, region, name, description, policy, tags, newRevision, createdAt, changedAt);
    }

    Bus withPolicy(@Nullable String newPolicy) {
        return new Bus(account, region, name, description, newPolicy, tags, revision, createdAt, changedAt);
    }

    Bus withDescription(@Nullable String newDescription) {
        return new Bus(account, region, name, newDescription, policy, tags, revision, createdAt, changedAt);
    }

    Bus withTags(SortedMap<String, String> newTags) {
        return new Bus(account, region, name, description, policy, newTags, revision, createdAt, changedAt);
    }

    private static Bus read(Row row) {
        return new Bus(
                row.text(1),
                row.text(2),
                row.text(3),
                row.textOrNull(4),
                row.textOrNull(5),
                TextMap.read(row.text(6)),
                row.text(7),
                row.instant(8),
                row.instant(9));
    }
}
