package belfry.metrics;

import belfry.api.cloudwatch.MetricDatum;
import belfry.api.cloudwatch.PutMetricDataInput;
import belfry.engine.metric.Aggregate;
import belfry.engine.metric.StatisticSet;
import belfry.gateway.Call;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** PutMetricData's data as samples: checked, and added up per datum before the write begins. */
final class PutMetricData {
    private PutMetricData() {}

    static List<Sample> samples(PutMetricDataInput in, Call call) {
        MetricDataRules.checkNamespace(in.namespace());
        if (in.entityMetricData() != null && !in.entityMetricData().isEmpty()) {
            throw MetricDataRules.invalid("Belfry keeps no entities: send the data as MetricData.");
        }
        List<MetricDatum> data = in.metricData();
        MetricDataRules.checkCount(data);
        List<Sample> samples = new ArrayList<>(data.size());
        for (int i = 0; i < data.size(); i++) {
            MetricDatum datum = data.get(i);
            MetricDataRules.check(datum, "MetricData.member." + (i + 1), call.now());
            samples.add(sample(in.namespace(), datum, call));
        }
        return samples;
    }

    private static Sample sample(String namespace, MetricDatum datum, Call call) {
        Instant at = datum.timestamp() == null ? call.now() : datum.timestamp();
        boolean highResolution = datum.storageResolution() != null && datum.storageResolution() == 1;
        return new Sample(
                MetricRef.of(call.account(), call.region(), namespace, datum.metricName(), datum.dimensions()),
                datum.unit() == null ? "None" : datum.unit(),
                highResolution,
                at,
                aggregate(datum),
                false);
    }

    private static Aggregate aggregate(MetricDatum datum) {
        if (datum.value() != null) {
            return Aggregate.of(datum.value());
        }
        if (datum.statisticValues() != null) {
            var set = datum.statisticValues();
            return Aggregate.of(new StatisticSet(set.sampleCount(), set.sum(), set.minimum(), set.maximum()));
        }
        List<Double> counts = datum.counts();
        Aggregate sum = null;
        for (int i = 0; i < datum.values().size(); i++) {
            Aggregate one = Aggregate.of(datum.values().get(i), counts == null ? 1 : counts.get(i));
            sum = sum == null ? one : sum.merge(one);
        }
        if (sum == null) {
            throw new IllegalStateException("a datum without values has been refused before");
        }
        return sum;
    }
}
