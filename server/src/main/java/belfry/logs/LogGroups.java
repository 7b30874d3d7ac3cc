package belfry.logs;

import belfry.api.logs.CreateLogGroupRequest;
import belfry.api.logs.DescribeLogGroupsRequest;
import belfry.api.logs.DescribeLogGroupsResponse;
import belfry.api.logs.ListLogGroupsRequest;
import belfry.api.logs.ListLogGroupsResponse;
import belfry.api.logs.LogGroup;
import belfry.api.logs.LogGroupSummary;
import belfry.gateway.Call;
import belfry.logs.blocks.BlockTable;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import belfry.wire.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Creates, deletes and lists log groups. */
final class LogGroups {
    private static final int LIST_DEFAULT = 50;
    private static final int BATCH = 200;

    private final GroupKeys keys;

    LogGroups(GroupKeys keys) {
        this.keys = keys;
    }

    NoOutput create(CreateLogGroupRequest in, Call call) {
        String name = in.logGroupName();
        if (name.toLowerCase(Locale.ROOT).startsWith("aws/")) {
            throw LogErrors.invalid("Log groups starting with AWS/ are reserved for AWS.");
        }
        Map<String, String> tags = in.tags() == null ? Map.of() : in.tags();
        LogTags.check(tags);
        return call.write(tx -> {
            if (LogGroupTable.find(tx, call.account(), call.region(), name).isPresent()) {
                throw LogErrors.groupExists();
            }
            LogGroupTable.insert(
                    tx,
                    call.account(),
                    call.region(),
                    name,
                    in.logGroupClass() == null ? "STANDARD" : in.logGroupClass(),
                    Boolean.TRUE.equals(in.deletionProtectionEnabled()),
                    tags,
                    call.now());
            if (in.kmsKeyId() != null) {
                keys.associate(tx, call, LogGroupTable.require(tx, call, name), in.kmsKeyId());
            }
            return NoOutput.INSTANCE;
        });
    }

    NoOutput delete(String name, Call call) {
        return call.write(tx -> {
            LogGroupRow group = LogGroupTable.require(tx, call, name);
            if (group.deletionProtected()) {
                throw ServiceException.of(
                        "ValidationException",
                        "The log group cannot be deleted because deletion protection is enabled for it.");
            }
            tx.update("DELETE FROM log_group WHERE id = ?", group.id());
            tx.update("DELETE FROM log_stream WHERE group_id = ?", group.id());
            tx.update("DELETE FROM log_metric_filter WHERE group_id = ?", group.id());
            tx.update("DELETE FROM log_group_key WHERE group_id = ?", group.id());
            Sweeper.discard(tx, group.id(), 0);
            return NoOutput.INSTANCE;
        });
    }

    NoOutput protect(String identifier, boolean on, Call call) {
        return call.write(tx -> {
            LogGroupRow group = LogGroupTable.require(tx, call, LogGroupTable.nameOf(identifier, call));
            tx.update("UPDATE log_group SET protected = ? WHERE id = ?", on, group.id());
            return NoOutput.INSTANCE;
        });
    }

    NoOutput setKey(@Nullable String name, @Nullable String identifier, @Nullable String kmsKey, Call call) {
        return call.write(tx -> {
            LogGroupRow group = LogGroupTable.require(tx, call, name, identifier);
            if (kmsKey == null) {
                GroupKeys.disassociate(tx, group);
            } else {
                keys.associate(tx, call, group, kmsKey);
            }
            return NoOutput.INSTANCE;
        });
    }

    DescribeLogGroupsResponse describe(DescribeLogGroupsRequest in, Call call) {
        if (in.logGroupNamePrefix() != null && in.logGroupNamePattern() != null) {
            throw LogErrors.invalid(
                    "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
        }
        int limit = Tokens.limit(in.limit(), Tokens.DESCRIBE_MAX);
        Predicate<LogGroupRow> wanted = wanted(in, call);
        return call.read(tx -> {
            var page = page(tx, call, in.nextToken(), in.logGroupNamePrefix(), limit, wanted);
            List<LogGroup> shown =
                    page.items().stream().map(group -> show(tx, group)).toList();
            return new DescribeLogGroupsResponse().logGroups(shown).nextToken(page.nextToken());
        });
    }

    private static Predicate<LogGroupRow> wanted(DescribeLogGroupsRequest in, Call call) {
        Predicate<LogGroupRow> wanted = ofClass(in.logGroupClass());
        String pattern = in.logGroupNamePattern();
        if (pattern != null) {
            wanted = wanted.and(group -> group.name().contains(pattern));
        }
        if (in.logGroupIdentifiers() != null) {
            List<String> names = in.logGroupIdentifiers().stream()
                    .map(identifier -> LogGroupTable.nameOf(identifier, call))
                    .toList();
            wanted = wanted.and(group -> names.contains(group.name()));
        }
        return wanted;
    }

    ListLogGroupsResponse list(ListLogGroupsRequest in, Call call) {
        if (in.dataSources() != null || in.fieldIndexNames() != null) {
            throw LogErrors.unsupported("dataSources and fieldIndexNames of ListLogGroups");
        }
        int limit = Tokens.limit(in.limit(), LIST_DEFAULT);
        Predicate<LogGroupRow> wanted = ofClass(in.logGroupClass());
        String pattern = in.logGroupNamePattern();
        if (pattern != null) {
            wanted = wanted.and(group -> matches(group.name(), pattern));
        }
        Predicate<LogGroupRow> all = wanted;
        return call.read(tx -> {
            var page = page(tx, call, in.nextToken(), null, limit, all);
            List<LogGroupSummary> shown = page.items().stream()
                    .map(group -> new LogGroupSummary()
                            .logGroupName(group.name())
                            .logGroupArn(group.arn())
                            .logGroupClass(group.logClass()))
                    .toList();
            return new ListLogGroupsResponse().logGroups(shown).nextToken(page.nextToken());
        });
    }

    /** Alternatives between bars; each a part of the name, or its beginning after {@code ^}. */
    private static boolean matches(String name, String pattern) {
        for (String part : pattern.split("\\|", -1)) {
            if (part.startsWith("^") ? name.startsWith(part.substring(1)) : name.contains(part)) {
                return true;
            }
        }
        return false;
    }

    private static Predicate<LogGroupRow> ofClass(@Nullable String logClass) {
        return group -> logClass == null || group.logClass().equals(logClass);
    }

    private static Tokens.Paged<LogGroupRow> page(
            Tx tx,
            Call call,
            @Nullable String token,
            @Nullable String prefix,
            int limit,
            Predicate<LogGroupRow> wanted) {
        String after = Tokens.after(token);
        List<LogGroupRow> found = new ArrayList<>();
        while (found.size() <= limit) {
            List<LogGroupRow> batch = LogGroupTable.after(tx, call, after, prefix == null ? "" : prefix, BATCH);
            batch.stream().filter(wanted).forEach(found::add);
            if (batch.size() < BATCH) {
                break;
            }
            after = batch.getLast().name();
        }
        List<LogGroupRow> oneMore = found.subList(0, Math.min(found.size(), limit + 1));
        return Tokens.Paged.of(oneMore, limit, LogGroupRow::name);
    }

    private static LogGroup show(Tx tx, LogGroupRow group) {
        long filters =
                tx.count("SELECT count(*) FROM log_metric_filter WHERE group_id = ? AND until_seq IS NULL", group.id());
        Long retention = group.retentionDays();
        return new LogGroup()
                .logGroupName(group.name())
                .creationTime(group.created())
                .retentionInDays(retention == null ? null : retention.intValue())
                .metricFilterCount((int) filters)
                .arn(group.arn() + ":*")
                .logGroupArn(group.arn())
                .storedBytes(BlockTable.bytes(tx, group.id()))
                .kmsKeyId(group.kmsKey())
                .logGroupClass(group.logClass())
                .deletionProtectionEnabled(group.deletionProtected());
    }
}
