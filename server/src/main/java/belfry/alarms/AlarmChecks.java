package belfry.alarms;

import belfry.api.cloudwatch.Dimension;
import belfry.api.cloudwatch.PutMetricAlarmInput;
import belfry.engine.metric.BasicStatistic;
import belfry.engine.metric.Statistic;
import belfry.gateway.Call;
import belfry.wire.ServiceException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Put…Alarm accepts, beyond the shapes' own constraints (alarms.md §1). */
final class AlarmChecks {
    private static final char DELETE = 0x7f;
    private static final int DAY = 86_400;
    private static final int WEEK = 604_800;
    private static final int HOUR = 3_600;

    private AlarmChecks() {}

    static void check(PutMetricAlarmInput in, Call call) {
        checkName(in.alarmName());
        ActionChecks.metric(in, call.region());
        if (in.evaluationPeriods() == null) {
            throw absent("evaluationPeriods");
        }
        if (in.comparisonOperator() == null) {
            throw absent("comparisonOperator");
        }
        checkThreshold(in);
        checkSource(in, call);
        oneOf(in.treatMissingData(), "treatMissingData", "breaching", "notBreaching", "ignore", "missing");
        if (in.datapointsToAlarm() != null && in.datapointsToAlarm() > in.evaluationPeriods()) {
            throw invalid("DatapointsToAlarm must be less than or equal to EvaluationPeriods");
        }
    }

    /** Names hold no ASCII control characters. */
    static void checkName(String name) {
        if (name.chars().anyMatch(c -> c < ' ' || c == DELETE)) {
            throw invalid("The parameter AlarmName must not contain ASCII control characters.");
        }
    }

    /** Exactly one of a metric, a list of queries and criteria; and what goes with it. */
    private static void checkSource(PutMetricAlarmInput in, Call call) {
        if (in.evaluationCriteria() != null || in.evaluationInterval() != null) {
            throw invalid("Belfry does not evaluate PromQL alarms: EvaluationCriteria is not supported.");
        }
        if (in.metrics() != null && !in.metrics().isEmpty()) {
            QueryChecks.check(in, call);
            checkPeriod(AlarmQueries.period(in.metrics()), in.evaluationPeriods());
            return;
        }
        if (in.metricName() == null) {
            throw invalid(
                    "Exactly one of the parameters MetricName, Metrics and EvaluationCriteria must be specified.");
        }
        checkMetric(in);
    }

    private static void checkMetric(PutMetricAlarmInput in) {
        if (in.namespace() == null) {
            throw absent("namespace");
        }
        if (in.period() == null) {
            throw absent("period");
        }
        if ((in.statistic() == null) == (in.extendedStatistic() == null)) {
            throw combination("Exactly one of the parameters Statistic and ExtendedStatistic must be specified.");
        }
        if (in.extendedStatistic() != null) {
            checkExtended(in.extendedStatistic());
        }
        checkLowSamples(in);
        checkDimensions(in.dimensions());
        checkPeriod(in.period(), in.evaluationPeriods());
    }

    private static void checkExtended(String name) {
        boolean known;
        try {
            known = !(Statistic.parse(name) instanceof BasicStatistic);
        } catch (IllegalArgumentException e) {
            known = false;
        }
        if (!known) {
            throw invalid("The value " + name + " for parameter ExtendedStatistic is not supported.");
        }
    }

    private static void checkLowSamples(PutMetricAlarmInput in) {
        if (in.evaluateLowSampleCountPercentile() == null) {
            return;
        }
        oneOf(in.evaluateLowSampleCountPercentile(), "evaluateLowSampleCountPercentile", "evaluate", "ignore");
        if (in.extendedStatistic() == null) {
            throw combination("EvaluateLowSampleCountPercentile can only be used with ExtendedStatistic.");
        }
    }

    static void checkDimensions(@Nullable List<Dimension> dimensions) {
        Set<String> seen = new HashSet<>();
        for (Dimension dimension : dimensions == null ? List.<Dimension>of() : dimensions) {
            if (!seen.add(dimension.name())) {
                throw ServiceException.of(
                        "InvalidParameterValueException", "No Metric may specify the same dimension name twice.");
            }
        }
    }

    private static void checkPeriod(int period, @Nullable Integer evaluationPeriods) {
        boolean highResolution = period == 10 || period == 20 || period == 30;
        if (!highResolution && (period <= 0 || period % 60 != 0)) {
            throw invalid("Period must be 10, 20, 30 or a multiple of 60");
        }
        long window = (long) period * (evaluationPeriods == null ? 1 : evaluationPeriods);
        if (period < HOUR && window > DAY) {
            throw invalid("Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= "
                    + DAY + ") for alarms using period < " + HOUR);
        }
        if (window > WEEK) {
            throw invalid("Metrics cannot be checked across more than a week (EvaluationPeriods * Period must be <= "
                    + WEEK + ") for alarms using period >= " + HOUR);
        }
    }

    private static void checkThreshold(PutMetricAlarmInput in) {
        BandChecks.checkThreshold(in);
        if (in.thresholdMetricId() != null) {
            return;
        }
        if (in.threshold() == null) {
            throw absent("threshold");
        }
        if (!Double.isFinite(in.threshold())) {
            throw invalid("The value " + in.threshold() + " for parameter Threshold is invalid.");
        }
    }

    private static void oneOf(@Nullable String value, String name, String... allowed) {
        if (value != null && !List.of(allowed).contains(value)) {
            throw invalid("1 validation error detected: Value '" + value + "' at '" + name
                    + "' failed to satisfy constraint: Member must satisfy enum value set: ["
                    + String.join(", ", allowed) + "]");
        }
    }

    static ServiceException absent(String member) {
        return invalid("1 validation error detected: Value null at '" + member
                + "' failed to satisfy constraint: Member must not be null");
    }

    static ServiceException invalid(String message) {
        return ServiceException.of("ValidationException", message);
    }

    static ServiceException combination(String message) {
        return ServiceException.of("InvalidParameterCombinationException", message);
    }
}
