package belfry.trail;

import belfry.store.Row;
import belfry.store.Tx;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads trails. Deleted ones stay until what they had selected has been delivered. */
public final class Trails {
    static final String COLUMNS =
            "id, account, home_region, name, bucket, prefix, topic_name, topic_arn, global_events,"
                    + " multi_region, validation, log_group, log_role, kms_key, selectors, logging, started_at, stopped_at,"
                    + " deleted_at, changed_by, was_logging, was_selectors, was_log_group, was_log_role,"
                    + " first_seq";

    private Trails() {}

    /** All trails of all accounts, those deleted lately included, oldest first: for the stages that deliver. */
    public static List<Trail> delivering(Tx tx) {
        return tx.query("SELECT " + COLUMNS + " FROM trail ORDER BY id", Trails::trail);
    }

    /** The trails that may log a call: those that exist, and the one that the call deleted. */
    static List<Trail> forRecord(Tx tx, String account, String requestId) {
        return tx.query(
                "SELECT " + COLUMNS + " FROM trail WHERE account = ? AND (deleted_at IS NULL OR changed_by = ?)"
                        + " ORDER BY id",
                Trails::trail,
                account,
                requestId);
    }

    /** The trails that an account sees in a region: at home there, and the shadows of multi-region ones. */
    static List<Trail> visible(Tx tx, String account, String region) {
        return tx.query(
                "SELECT " + COLUMNS + " FROM trail WHERE account = ? AND deleted_at IS NULL"
                        + " AND (home_region = ? OR multi_region = 1) ORDER BY name, home_region",
                Trails::trail,
                account,
                region);
    }

    /** All trails of an account in all regions. */
    static List<Trail> all(Tx tx, String account) {
        return tx.query(
                "SELECT " + COLUMNS + " FROM trail WHERE account = ? AND deleted_at IS NULL ORDER BY name, home_region",
                Trails::trail,
                account);
    }

    /** The trail at home in {@code region}. */
    static Optional<Trail> find(Tx tx, String account, String region, String name) {
        return tx.first(
                "SELECT " + COLUMNS + " FROM trail WHERE account = ? AND home_region = ? AND name = ?"
                        + " AND deleted_at IS NULL",
                Trails::trail,
                account,
                region,
                name);
    }

    /** Whether a logging trail has selectors of its own; only such can want data events. */
    static boolean anySelective(Tx tx) {
        return tx.first(
                        "SELECT id FROM trail WHERE logging = 1 AND selectors IS NOT NULL LIMIT 1",
                        row -> row.number(1))
                .isPresent();
    }

    private static Trail trail(Row row) {
        String topicName = row.textOrNull(7);
        String topicArn = row.textOrNull(8);
        return new Trail(
                row.number(1),
                row.text(2),
                row.text(3),
                row.text(4),
                row.text(5),
                row.textOrNull(6),
                topicName == null || topicArn == null ? null : new Trail.Topic(topicName, topicArn),
                row.flag(9),
                row.flag(10),
                row.flag(11),
                logs(row.textOrNull(12), row.textOrNull(13)),
                row.textOrNull(14),
                row.textOrNull(15),
                row.flag(16),
                row.instantOrNull(17),
                row.instantOrNull(18),
                row.instantOrNull(19),
                row.textOrNull(20),
                new Trail.Before(row.flag(21), row.textOrNull(22), logs(row.textOrNull(23), row.textOrNull(24))),
                row.number(25));
    }

    private static Trail.@Nullable LogsTarget logs(@Nullable String group, @Nullable String role) {
        return group == null || role == null ? null : new Trail.LogsTarget(group, role);
    }
}
