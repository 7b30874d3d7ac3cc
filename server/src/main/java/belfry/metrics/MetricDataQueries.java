package belfry.metrics;

import belfry.api.cloudwatch.GetMetricDataInput;
import belfry.api.cloudwatch.GetMetricDataOutput;
import belfry.api.cloudwatch.MessageData;
import belfry.api.cloudwatch.MetricDataQuery;
import belfry.api.cloudwatch.MetricDataResult;
import belfry.gateway.Call;
import belfry.store.Tx;
import java.util.ArrayList;
import java.util.List;

/** GetMetricData: several metrics at once, newest first unless asked otherwise, in pages of datapoints. */
final class MetricDataQueries {
    /** Datapoints of a page. */
    static final int PAGE = 100_800;

    private static final MessageData CUT =
            new MessageData().code("MaxMetricsExceeded").value("Maximum number of allowed metrics exceeded");

    private MetricDataQueries() {}

    static GetMetricDataOutput answer(Tx tx, GetMetricDataInput in, Call call) {
        MetricQueryRules.check(in, call.account());
        MetricSeries series = new MetricSeries(tx, in, call);
        List<MetricSeries.Line> all = new ArrayList<>();
        for (MetricDataQuery query : in.metricDataQueries()) {
            if (!Boolean.FALSE.equals(query.returnData())) {
                all.addAll(series.of(query));
            }
        }
        int page = in.maxDatapoints() == null ? PAGE : Math.min(in.maxDatapoints(), PAGE);
        long from = in.nextToken() == null ? 0 : MetricQueryRules.position(in.nextToken());
        return page(all, from, page).messages(series.cut() ? List.of(CUT) : List.of());
    }

    /** The datapoints numbered from {@code from} on, over all series in their order. */
    private static GetMetricDataOutput page(List<MetricSeries.Line> all, long from, int page) {
        List<MetricDataResult> results = new ArrayList<>();
        long before = 0;
        for (MetricSeries.Line one : all) {
            int size = one.times().size();
            int start = Math.clamp(from - before, 0, size);
            int end = Math.clamp(from + page - before, start, size);
            before += size;
            if (start < end || (size == 0 && from == 0)) {
                results.add(new MetricDataResult()
                        .id(one.id())
                        .label(one.label())
                        .timestamps(one.times().subList(start, end))
                        .values(one.values().subList(start, end))
                        .statusCode(end < size ? "PartialData" : "Complete"));
            }
        }
        GetMetricDataOutput out = new GetMetricDataOutput().metricDataResults(results);
        return before > from + page ? out.nextToken(MetricQueryRules.token(from + page)) : out;
    }
}
