package belfry.alarms;

import belfry.api.cloudwatch.AlarmHistoryItem;
import belfry.api.cloudwatch.DescribeAlarmHistoryInput;
import belfry.api.cloudwatch.DescribeAlarmHistoryOutput;
import belfry.gateway.Call;
import belfry.store.Tx;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DescribeAlarmHistory: newest first unless asked otherwise; metric alarms only, unless types are given. */
final class HistoryListing {
    private static final int PAGE = 100;

    private record Item(long seq, AlarmHistoryItem shown) {}

    private HistoryListing() {}

    static DescribeAlarmHistoryOutput answer(Tx tx, DescribeAlarmHistoryInput in, Call call) {
        if (in.alarmContributorId() != null) {
            // Contributors are the time series of alarms on Metrics Insights and PromQL queries, which Belfry refuses.
            return new DescribeAlarmHistoryOutput().alarmHistoryItems(List.of());
        }
        int page = in.maxRecords() == null ? PAGE : in.maxRecords();
        List<Item> found = items(tx, in, call, page + 1);
        List<Item> shown = found.subList(0, Math.min(page, found.size()));
        DescribeAlarmHistoryOutput out = new DescribeAlarmHistoryOutput()
                .alarmHistoryItems(shown.stream().map(Item::shown).toList());
        return found.size() > page
                ? out.nextToken(PageToken.write(String.valueOf(shown.getLast().seq())))
                : out;
    }

    private static List<Item> items(Tx tx, DescribeAlarmHistoryInput in, Call call, int limit) {
        boolean ascending = "TimestampAscending".equals(in.scanBy());
        StringBuilder sql = new StringBuilder("SELECT seq, alarm, kind, at, item_type, summary, data FROM alarm_history"
                + " WHERE account = ? AND region = ? AND at >= ?");
        List<@Nullable Object> parameters = new ArrayList<>();
        parameters.add(call.account());
        parameters.add(call.region());
        parameters.add(call.now().minus(AlarmHistory.KEPT));
        add(sql, parameters, " AND alarm = ?", in.alarmName());
        add(sql, parameters, " AND item_type = ?", in.historyItemType());
        add(sql, parameters, " AND at >= ?", in.startDate());
        add(sql, parameters, " AND at <= ?", in.endDate());
        List<String> types =
                in.alarmTypes() == null || in.alarmTypes().isEmpty() ? List.of("MetricAlarm") : in.alarmTypes();
        sql.append(" AND kind IN (?").append(", ?".repeat(types.size() - 1)).append(")");
        parameters.addAll(types);
        if (in.nextToken() != null) {
            // Items are written as they happen, so their order by seq is that by time.
            add(sql, parameters, ascending ? " AND seq > ?" : " AND seq < ?", PageToken.readNumber(in.nextToken()));
        }
        sql.append(ascending ? " ORDER BY seq" : " ORDER BY seq DESC").append(" LIMIT ?");
        parameters.add(limit);
        return tx.query(
                sql.toString(),
                row -> new Item(
                        row.number(1),
                        new AlarmHistoryItem()
                                .alarmName(row.text(2))
                                .alarmType(row.text(3))
                                .timestamp(row.instant(4))
                                .historyItemType(row.text(5))
                                .historySummary(row.text(6))
                                .historyData(row.text(7))),
                parameters.toArray());
    }

    private static void add(
            StringBuilder sql, List<@Nullable Object> parameters, String condition, @Nullable Object value) {
        if (value != null) {
            sql.append(condition);
            parameters.add(value);
        }
    }
}
