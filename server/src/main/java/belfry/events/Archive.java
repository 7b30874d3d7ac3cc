package belfry.events;

import belfry.base.Arn;
import belfry.base.Json;
import belfry.store.Row;
import belfry.store.Tx;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An archive of a bus's events. A rule of its own, {@code Events-Archive-<name>}, matches what it keeps.
 *
 * @param id the row's number; 0 before it is stored
 * @param pattern which events are kept, or null for all
 * @param retentionDays 0 for ever
 */
record Archive(
        long id,
        String account,
        String region,
        String name,
        String bus,
        @Nullable String description,
        @Nullable String pattern,
        int retentionDays,
        long eventCount,
        long sizeBytes,
        Instant createdAt) {
    static final String RESOURCE = "archive/";

    private static final String OWNER = "prod.vhs.events.aws.internal";
    private static final String COLUMNS = "SELECT id, account, region, name, bus, description, pattern, retention_days,"
            + " event_count, size_bytes, created_at FROM event_archive ";

    String arn() {
        return Arn.of("events", region, account, RESOURCE + name).toString();
    }

    static Optional<Archive> find(Tx tx, String account, String region, String name) {
        return tx.first(
                COLUMNS + "WHERE account = ? AND region = ? AND name = ?", Archive::read, account, region, name);
    }

    static Optional<Archive> byId(Tx tx, long id) {
        return tx.first(COLUMNS + "WHERE id = ?", Archive::read, id);
    }

    /** The archive that an ARN names. */
    static Optional<Archive> ofArn(Tx tx, String text) {
        return Arn.parse(text)
                .filter(arn -> arn.service().equals("events") && arn.resource().startsWith(RESOURCE))
                .flatMap(arn ->
                        find(tx, arn.account(), arn.region(), arn.resource().substring(RESOURCE.length())));
    }

    static List<Archive> list(Tx tx, String account, String region, String prefix, String after) {
        return tx.query(
                COLUMNS + "WHERE account = ? AND region = ? AND substr(name, 1, ?) = ? AND name > ? ORDER BY name",
                Archive::read,
                account,
                region,
                prefix.length(),
                prefix,
                after);
    }

    /** Those that forget. */
    static List<Archive> forgetting(Tx tx) {
        return tx.query(COLUMNS + "WHERE retention_days > 0 ORDER BY id", Archive::read);
    }

    void save(Tx tx) {
        tx.update(
                "INSERT INTO event_archive (account, region, name, bus, description, pattern, retention_days,"
                        + " event_count, size_bytes, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, ?)"
                        + " ON CONFLICT (account, region, name) DO UPDATE SET description = excluded.description,"
                        + " pattern = excluded.pattern, retention_days = excluded.retention_days",
                account,
                region,
                name,
                bus,
                description,
                pattern,
                (long) retentionDays,
                createdAt);
    }

    void delete(Tx tx) {
        tx.update("DELETE FROM archived_event WHERE archive_id = ?", id);
        tx.update("DELETE FROM event_archive WHERE id = ?", id);
    }

    String ruleName() {
        return "Events-Archive-" + name;
    }

    /**
     * The rule that keeps its events. It hears of reads too: an archive that lacked them could not be tried against a
     * rule on reads. What comes from a replay is not kept again.
     */
    BusRule rule(Instant now) {
        ObjectNode keeps = pattern == null ? Json.object() : (ObjectNode) Json.parse(pattern);
        keeps.putArray("replay-name").addObject().put("exists", false);
        return new BusRule(
                0,
                account,
                region,
                bus,
                ruleName(),
                RuleState.ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS,
                Json.write(keeps),
                null,
                null,
                null,
                new TreeMap<>(),
                now,
                OWNER);
    }

    /** What its rule leads to. */
    RuleTarget target() {
        return new RuleTarget(ruleName(), arn(), null, new TargetInput.WholeEvent(), null, null, null, null);
    }

    private static Archive read(Row row) {
        return new Archive(
                row.number(1),
                row.text(2),
                row.text(3),
                row.text(4),
                row.text(5),
                row.textOrNull(6),
                row.textOrNull(7),
                (int) row.number(8),
                row.number(9),
                row.number(10),
                row.instant(11));
    }
}
