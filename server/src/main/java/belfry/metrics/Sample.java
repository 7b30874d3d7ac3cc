package belfry.metrics;

import belfry.engine.metric.Aggregate;
import java.time.Instant;

/**
 * What is to be added to a metric.
 *
 * @param unit {@code None} where there is none
 * @param highResolution whether seconds are to be told apart (StorageResolution 1)
 * @param at when the samples were taken
 * @param counted whether they were counted here, from log events; a caller may put anything
 */
public record Sample(
        MetricRef metric, String unit, boolean highResolution, Instant at, Aggregate samples, boolean counted) {
    /** Whether these samples leave it possible that the metric never goes below zero. */
    boolean neverNegative() {
        return counted && samples.set().min() >= 0;
    }
}
