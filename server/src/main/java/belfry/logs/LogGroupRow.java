package belfry.logs;

import belfry.base.Arn;
import belfry.base.TextMap;
import belfry.store.Row;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A log group as stored.
 *
 * @param retentionDays null: events are kept for ever
 * @param logClass {@code STANDARD}, {@code INFREQUENT_ACCESS} or {@code DELIVERY}
 * @param tags a JSON object
 */
record LogGroupRow(
        long id,
        String account,
        String region,
        String name,
        long created,
        @Nullable Long retentionDays,
        @Nullable String kmsKey,
        String logClass,
        boolean deletionProtected,
        String tags) {
    static final String COLUMNS = "id, account, region, name, created, retention_days, kms_key, class, protected, tags";

    private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;

    static LogGroupRow of(Row row) {
        return new LogGroupRow(
                row.number(1),
                row.text(2),
                row.text(3),
                row.text(4),
                row.number(5),
                row.numberOrNull(6),
                row.textOrNull(7),
                row.text(8),
                row.flag(9),
                row.text(10));
    }

    /** Without {@code :*}. */
    String arn() {
        return Arn.of("logs", region, account, "log-group:" + name).toString();
    }

    /** Events before this time have expired; 0 where none do. Epoch milliseconds. */
    long expiredBefore(Instant now) {
        return retentionDays == null ? 0 : Math.max(0, now.toEpochMilli() - retentionDays * DAY_MILLIS);
    }

    Map<String, String> tagMap() {
        return TextMap.read(tags);
    }
}
