package belfry.metrics;

import belfry.api.cloudwatch.GetMetricDataInput;
import belfry.api.cloudwatch.GetMetricDataOutput;
import belfry.api.cloudwatch.GetMetricStatisticsInput;
import belfry.api.cloudwatch.GetMetricStatisticsOutput;
import belfry.api.cloudwatch.ListMetricsInput;
import belfry.api.cloudwatch.ListMetricsOutput;
import belfry.api.cloudwatch.PutMetricDataInput;
import belfry.gateway.Call;
import belfry.wire.NoOutput;
import java.util.List;

/** CloudWatch's operations on metrics. */
public final class Metrics {
    private Metrics() {}

    /** PutMetricData. */
    public static NoOutput put(PutMetricDataInput in, Call call) {
        List<Sample> samples = PutMetricData.samples(in, call);
        return call.write(tx -> {
            Datapoints.add(tx, samples);
            return NoOutput.INSTANCE;
        });
    }

    /** GetMetricStatistics. */
    public static GetMetricStatisticsOutput statistics(GetMetricStatisticsInput in, Call call) {
        return call.read(tx -> MetricStatistics.answer(tx, in, call));
    }

    /** GetMetricData. */
    public static GetMetricDataOutput data(GetMetricDataInput in, Call call) {
        return call.read(tx -> MetricDataQueries.answer(tx, in, call));
    }

    /** ListMetrics. */
    public static ListMetricsOutput list(ListMetricsInput in, Call call) {
        return call.read(tx -> MetricListing.answer(tx, in, call));
    }
}
