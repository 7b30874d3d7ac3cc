package belfry.logs;

import belfry.api.logs.CreateLogStreamRequest;
import belfry.api.logs.DeleteLogStreamRequest;
import belfry.api.logs.DescribeLogStreamsRequest;
import belfry.api.logs.DescribeLogStreamsResponse;
import belfry.api.logs.LogStream;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import java.util.List;
import java.util.Locale;

/** Creates, deletes and lists log streams. */
final class LogStreams {
    private static final String SELECT = "SELECT " + LogStreamRow.COLUMNS + " FROM log_stream WHERE group_id = ?";

    NoOutput create(CreateLogStreamRequest in, Call call) {
        return call.write(tx -> {
            LogGroupRow group = LogGroupTable.require(tx, call, in.logGroupName());
            if (LogStreamTable.find(tx, group.id(), in.logStreamName()).isPresent()) {
                throw LogErrors.streamExists();
            }
            LogStreamTable.create(tx, group.id(), in.logStreamName(), call.now());
            return NoOutput.INSTANCE;
        });
    }

    NoOutput delete(DeleteLogStreamRequest in, Call call) {
        return call.write(tx -> {
            LogGroupRow group = LogGroupTable.require(tx, call, in.logGroupName());
            LogStreamRow stream = LogStreamTable.require(tx, group.id(), in.logStreamName());
            tx.update("DELETE FROM log_stream WHERE id = ?", stream.id());
            Sweeper.discard(tx, group.id(), stream.id());
            return NoOutput.INSTANCE;
        });
    }

    DescribeLogStreamsResponse describe(DescribeLogStreamsRequest in, Call call) {
        boolean byTime = "LastEventTime".equals(in.orderBy());
        if (byTime && in.logStreamNamePrefix() != null) {
            throw LogErrors.invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
        }
        int limit = Tokens.limit(in.limit(), Tokens.DESCRIBE_MAX);
        return call.read(tx -> {
            LogGroupRow group = LogGroupTable.require(tx, call, in.logGroupName(), in.logGroupIdentifier());
            var page = byTime
                    ? Tokens.Paged.of(byTime(tx, group, in, limit + 1), limit, LogStreams::timeKey)
                    : Tokens.Paged.of(byName(tx, group, in, limit + 1), limit, LogStreamRow::name);
            List<LogStream> shown =
                    page.items().stream().map(stream -> show(group, stream)).toList();
            return new DescribeLogStreamsResponse().logStreams(shown).nextToken(page.nextToken());
        });
    }

    private static List<LogStreamRow> byName(Tx tx, LogGroupRow group, DescribeLogStreamsRequest in, int limit) {
        boolean down = Boolean.TRUE.equals(in.descending());
        String prefix = in.logStreamNamePrefix() == null ? "" : in.logStreamNamePrefix();
        String end = LogGroupTable.endOf(prefix);
        String after = in.nextToken() == null && down ? end : Tokens.after(in.nextToken());
        String sql = SELECT
                + String.format(
                        Locale.ROOT,
                        " AND name %s ? AND name >= ? AND name < ? ORDER BY name %s LIMIT ?",
                        down ? "<" : ">",
                        direction(down));
        return tx.query(sql, LogStreamRow::of, group.id(), after, prefix, end, limit);
    }

    /** Streams without events come as if their last event were at time 0. */
    private static List<LogStreamRow> byTime(Tx tx, LogGroupRow group, DescribeLogStreamsRequest in, int limit) {
        boolean down = Boolean.TRUE.equals(in.descending());
        long time = down ? Long.MAX_VALUE : -1;
        String name = "";
        if (in.nextToken() != null) {
            String[] key = Tokens.after(in.nextToken()).split(" ", 2);
            if (key.length != 2 || !key[0].matches("[0-9]{1,18}")) {
                throw LogErrors.badToken();
            }
            time = Long.parseLong(key[0]);
            name = key[1];
        }
        String order = direction(down);
        String sql = SELECT
                + String.format(
                        Locale.ROOT,
                        " AND (coalesce(last_time, 0), name) %s (?, ?) ORDER BY coalesce(last_time, 0) %s, name %s LIMIT ?",
                        down ? "<" : ">",
                        order,
                        order);
        return tx.query(sql, LogStreamRow::of, group.id(), time, name, limit);
    }

    private static String timeKey(LogStreamRow stream) {
        Long last = stream.lastTime();
        return (last == null ? 0 : last) + " " + stream.name();
    }

    private static String direction(boolean down) {
        return down ? "DESC" : "ASC";
    }

    private static LogStream show(LogGroupRow group, LogStreamRow stream) {
        return new LogStream()
                .logStreamName(stream.name())
                .creationTime(stream.created())
                .firstEventTimestamp(stream.firstTime())
                .lastEventTimestamp(stream.lastTime())
                .lastIngestionTime(stream.lastIngested())
                .arn(group.arn() + ":log-stream:" + stream.name())
                .storedBytes(0L);
    }
}
