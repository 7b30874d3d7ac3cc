package belfry.logs;

import belfry.base.Arn;
import belfry.base.TextMap;
import belfry.gateway.Call;
import belfry.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds log groups, by name or by ARN with or without {@code :*}. */
final class LogGroupTable {
    private static final String SELECT = "SELECT " + LogGroupRow.COLUMNS + " FROM log_group WHERE ";
    private static final String RESOURCE = "log-group:";

    private LogGroupTable() {}

    static Optional<LogGroupRow> find(Tx tx, String account, String region, String name) {
        return tx.first(SELECT + "account = ? AND region = ? AND name = ?", LogGroupRow::of, account, region, name);
    }

    /**
     * Writes a new group.
     *
     * @param logClass {@code STANDARD}, {@code INFREQUENT_ACCESS} or {@code DELIVERY}
     */
    static void insert(
            Tx tx,
            String account,
            String region,
            String name,
            String logClass,
            boolean deletionProtected,
            Map<String, String> tags,
            Instant now) {
        tx.update(
                "INSERT INTO log_group (account, region, name, created, class, protected, tags)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                account,
                region,
                name,
                now,
                logClass,
                deletionProtected,
                TextMap.write(tags));
    }

    static Optional<LogGroupRow> byId(Tx tx, long id) {
        return tx.first(SELECT + "id = ?", LogGroupRow::of, id);
    }

    /** The caller's group. */
    static LogGroupRow require(Tx tx, Call call, String name) {
        return find(tx, call.account(), call.region(), name).orElseThrow(LogErrors::noGroup);
    }

    /** The caller's group by one of the two parameters that may name it. */
    static LogGroupRow require(Tx tx, Call call, @Nullable String name, @Nullable String identifier) {
        if ((name == null) == (identifier == null)) {
            throw LogErrors.invalid("Exactly one of logGroupName and logGroupIdentifier must be specified.");
        }
        return require(tx, call, name != null ? name : nameOf(identifier == null ? "" : identifier, call));
    }

    /** The caller's group by its ARN. */
    static LogGroupRow requireArn(Tx tx, Call call, String arn) {
        if (!arn.startsWith("arn:")) {
            throw LogErrors.invalid("Invalid resourceArn: " + arn);
        }
        return require(tx, call, nameOf(arn, call));
    }

    /** The name in an ARN, or the name itself. */
    static String nameOf(String identifier, Call call) {
        if (!identifier.startsWith("arn:")) {
            return identifier;
        }
        Arn arn = Arn.parse(identifier)
                .filter(parsed ->
                        parsed.service().equals("logs") && parsed.resource().startsWith(RESOURCE))
                .orElseThrow(() -> LogErrors.invalid("Invalid log group ARN: " + identifier));
        if (!arn.account().equals(call.account()) || !arn.region().equals(call.region())) {
            throw LogErrors.noGroup();
        }
        return nameIn(arn);
    }

    /** The name in a log group's ARN, with or without {@code :*}; empty where it is another ARN. */
    static String nameIn(Arn arn) {
        if (!arn.resource().startsWith(RESOURCE)) {
            return "";
        }
        String name = arn.resource().substring(RESOURCE.length());
        return name.endsWith(":*") ? name.substring(0, name.length() - 2) : name;
    }

    /** Groups of the caller by name, those after {@code name} first. */
    static List<LogGroupRow> after(Tx tx, Call call, String name, String prefix, int limit) {
        return tx.query(
                SELECT + "account = ? AND region = ? AND name > ? AND name >= ? AND name < ? ORDER BY name LIMIT ?",
                LogGroupRow::of,
                call.account(),
                call.region(),
                name,
                prefix,
                endOf(prefix),
                limit);
    }

    /** Sorts behind every text with that prefix. */
    static String endOf(String prefix) {
        return prefix + Character.toString(Character.MAX_CODE_POINT);
    }
}
