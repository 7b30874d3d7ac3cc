package belfry.engine.alarm;

import belfry.engine.metric.Statistic;
import org.jspecify.annotations.Nullable;

/**
 * What a metric alarm asks (alarms.md §1).
 *
 * @param comparison how values are compared
 * @param threshold what with; not used by the operators on an anomaly band
 * @param period seconds: 10, 20, 30 or a multiple of 60
 * @param evaluationPeriods N, how many periods are looked at
 * @param datapointsToAlarm M, how many of them must breach; null means N, and changes the words of the state's reason
 * @param treatMissing what a period without data counts as
 * @param statistic what is read from a metric's samples; null for metric math
 * @param unit the only unit whose samples count; null for all
 * @param ignoreLowSamples whether the state stays as it is while a percentile has too few samples
 */
public record AlarmRule(
        ComparisonOperator comparison,
        double threshold,
        int period,
        int evaluationPeriods,
        @Nullable Integer datapointsToAlarm,
        TreatMissing treatMissing,
        @Nullable Statistic statistic,
        @Nullable String unit,
        boolean ignoreLowSamples) {
    /** Seconds an alarm may look back. */
    public static final long MAX_WINDOW = 604_800;
    /** Seconds an alarm with a period under one hour may look back. */
    public static final long MAX_SHORT_WINDOW = 86_400;

    public AlarmRule {
        boolean highResolution = period == 10 || period == 20 || period == 30;
        if (!highResolution && (period < 60 || period % 60 != 0)) {
            throw new IllegalArgumentException("A period is 10, 20, 30 or a multiple of 60 seconds");
        }
        if (evaluationPeriods < 1) {
            throw new IllegalArgumentException("An alarm looks at one period at least");
        }
        if ((long) period * evaluationPeriods > (period < 3600 ? MAX_SHORT_WINDOW : MAX_WINDOW)) {
            throw new IllegalArgumentException("An alarm looks back one day, or seven with periods of an hour or more");
        }
        if (datapointsToAlarm != null && (datapointsToAlarm < 1 || datapointsToAlarm > evaluationPeriods)) {
            throw new IllegalArgumentException("Datapoints to alarm are 1 to the number of evaluation periods");
        }
    }

    /** M: how many points must breach. */
    public int toAlarm() {
        return datapointsToAlarm == null ? evaluationPeriods : datapointsToAlarm;
    }

    boolean breaches(AlarmPoint point) {
        return comparison.breaches(point, threshold);
    }

    boolean hasTooFewSamples(AlarmPoint point) {
        return ignoreLowSamples && statistic != null && point.sampleCount() < statistic.minimumSamples();
    }
}
