package belfry.metrics;

import belfry.api.cloudwatch.Datapoint;
import belfry.api.cloudwatch.GetMetricStatisticsInput;
import belfry.api.cloudwatch.GetMetricStatisticsOutput;
import belfry.engine.metric.Aggregate;
import belfry.engine.metric.Periods;
import belfry.engine.metric.Statistic;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** GetMetricStatistics: one metric's periods, each unit apart, oldest first. */
final class MetricStatistics {
    static final int DATAPOINTS_MAX = 1_440;

    private MetricStatistics() {}

    static GetMetricStatisticsOutput answer(Tx tx, GetMetricStatisticsInput in, Call call) {
        check(in);
        Map<String, Statistic> extended = extended(in.extendedStatistics());
        MetricRef metric =
                MetricRef.of(call.account(), call.region(), in.namespace(), in.metricName(), in.dimensions());
        Instant start = MetricTimes.start(in.startTime(), in.period(), call.now());
        var found = Datapoints.read(tx, metric, in.unit(), start, in.endTime(), in.period());
        Map<String, List<belfry.engine.metric.Datapoint>> byUnit = new TreeMap<>();
        found.forEach(point ->
                byUnit.computeIfAbsent(point.unit(), unit -> new ArrayList<>()).add(point));
        List<Datapoint> shown = new ArrayList<>();
        byUnit.forEach((unit, points) -> Periods.rollUp(points, start.getEpochSecond(), in.period())
                .forEach((at, samples) -> shown.add(
                        datapoint(at, samples, in.statistics(), extended).unit(unit))));
        shown.sort(Comparator.comparing(Datapoint::timestamp));
        return new GetMetricStatisticsOutput().label(in.metricName()).datapoints(shown);
    }

    private static void check(GetMetricStatisticsInput in) {
        MetricDataRules.checkDimensions(in.dimensions(), "Dimensions");
        boolean basic = in.statistics() != null && !in.statistics().isEmpty();
        boolean extended =
                in.extendedStatistics() != null && !in.extendedStatistics().isEmpty();
        if (!basic && !extended) {
            throw combination("At least one of the parameters Statistics and ExtendedStatistics must be specified.");
        }
        if (basic && extended) {
            throw combination("The parameters Statistics and ExtendedStatistics are mutually exclusive and you have"
                    + " specified both.");
        }
        if (!MetricTimes.isPeriod(in.period())) {
            throw MetricDataRules.invalid("The parameter Period must be 1, 5, 10, 20, 30, or a multiple of 60.");
        }
        if (!in.startTime().isBefore(in.endTime())) {
            throw MetricDataRules.invalid("The parameter StartTime must be less than the parameter EndTime.");
        }
        long periods = Duration.between(in.startTime(), in.endTime()).toSeconds() / in.period();
        if (periods > DATAPOINTS_MAX) {
            throw combination("You have requested up to " + periods + " datapoints, which exceeds the limit of "
                    + DATAPOINTS_MAX + ". You may reduce the datapoints requested by increasing Period, or"
                    + " decreasing the time range.");
        }
    }

    private static Map<String, Statistic> extended(@Nullable List<String> names) {
        Map<String, Statistic> statistics = new LinkedHashMap<>();
        if (names != null) {
            names.forEach(name -> statistics.put(name, statistic(name)));
        }
        return statistics;
    }

    /** The extended statistic of that name. */
    static Statistic statistic(String name) {
        return statistic(name, "ExtendedStatistics");
    }

    static Statistic statistic(String name, String parameter) {
        try {
            return Statistic.parse(name);
        } catch (IllegalArgumentException e) {
            throw MetricDataRules.invalid("The value " + name + " for parameter " + parameter + " is not supported.");
        }
    }

    private static Datapoint datapoint(
            long at, Aggregate samples, @Nullable List<String> basic, Map<String, Statistic> extended) {
        Datapoint shown = new Datapoint().timestamp(Instant.ofEpochSecond(at));
        var set = samples.set();
        for (String name : basic == null ? List.<String>of() : basic) {
            switch (name) {
                case "SampleCount" -> shown.sampleCount(set.sampleCount());
                case "Sum" -> shown.sum(set.sum());
                case "Average" -> shown.average(set.average());
                case "Minimum" -> shown.minimum(set.min());
                case "Maximum" -> shown.maximum(set.max());
                default -> throw new IllegalArgumentException("the model allows no statistic " + name);
            }
        }
        Map<String, Double> values = new LinkedHashMap<>();
        extended.forEach((name, statistic) -> statistic.of(samples).ifPresent(value -> values.put(name, value)));
        return values.isEmpty() ? shown : shown.extendedStatistics(values);
    }

    private static ServiceException combination(String message) {
        return ServiceException.of("InvalidParameterCombinationException", message);
    }
}
