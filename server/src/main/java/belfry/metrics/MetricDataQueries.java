package belfry.metrics;

import belfry.api.cloudwatch.GetMetricDataInput;
import belfry.api.cloudwatch.GetMetricDataOutput;
import belfry.api.cloudwatch.Metric;
import belfry.api.cloudwatch.MetricDataQuery;
import belfry.api.cloudwatch.MetricDataResult;
import belfry.api.cloudwatch.MetricStat;
import belfry.engine.metric.Periods;
import belfry.engine.metric.Statistic;
import belfry.gateway.Call;
import belfry.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

/** GetMetricData: several metrics at once, newest first unless asked otherwise, in pages of datapoints. */
final class MetricDataQueries {
    /** Datapoints of a page. */
    static final int PAGE = 100_800;

    /** A query's whole answer, in the order asked for. */
    private record Series(MetricDataQuery query, String label, List<Instant> times, List<Double> values) {}

    private MetricDataQueries() {}

    static GetMetricDataOutput answer(Tx tx, GetMetricDataInput in, Call call) {
        MetricQueryRules.check(in);
        List<Series> all = new ArrayList<>();
        for (MetricDataQuery query : in.metricDataQueries()) {
            if (!Boolean.FALSE.equals(query.returnData())) {
                all.add(series(tx, in, query, call));
            }
        }
        int page = in.maxDatapoints() == null ? PAGE : Math.min(in.maxDatapoints(), PAGE);
        long from = in.nextToken() == null ? 0 : MetricQueryRules.position(in.nextToken());
        return page(all, from, page);
    }

    /** The datapoints numbered from {@code from} on, over all series in their order. */
    private static GetMetricDataOutput page(List<Series> all, long from, int page) {
        List<MetricDataResult> results = new ArrayList<>();
        long before = 0;
        for (Series one : all) {
            int size = one.times().size();
            int start = Math.clamp(from - before, 0, size);
            int end = Math.clamp(from + page - before, start, size);
            before += size;
            if (start < end || (size == 0 && from == 0)) {
                results.add(new MetricDataResult()
                        .id(one.query().id())
                        .label(one.label())
                        .timestamps(one.times().subList(start, end))
                        .values(one.values().subList(start, end))
                        .statusCode(end < size ? "PartialData" : "Complete"));
            }
        }
        GetMetricDataOutput out =
                new GetMetricDataOutput().metricDataResults(results).messages(List.of());
        return before > from + page ? out.nextToken(MetricQueryRules.token(from + page)) : out;
    }

    private static Series series(Tx tx, GetMetricDataInput in, MetricDataQuery query, Call call) {
        MetricStat stat = query.metricStat();
        Metric metric = stat.metric();
        MetricRef ref = MetricRef.of(
                call.account(), call.region(), metric.namespace(), metric.metricName(), metric.dimensions());
        Instant start = MetricTimes.start(in.startTime(), stat.period(), call.now());
        var points = Datapoints.read(tx, ref, stat.unit(), start, in.endTime(), stat.period());
        SortedMap<Long, Double> values = Periods.values(
                Periods.rollUp(points, start.getEpochSecond(), stat.period()), Statistic.parse(stat.stat()));
        boolean ascending = "TimestampAscending".equals(in.scanBy());
        SortedMap<Long, Double> ordered = ascending ? values : values.reversed();
        return new Series(
                query,
                Objects.requireNonNullElse(query.label(), metric.metricName()),
                ordered.keySet().stream().map(Instant::ofEpochSecond).toList(),
                List.copyOf(ordered.values()));
    }
}
