package belfry.engine.metric.math;

import belfry.engine.metric.BasicStatistic;
import belfry.engine.metric.Statistic;

/**
 * Which way a series' values can still move while samples are added to the metrics it is made of. With {@link Direction#UP} a
 * value that is there stays there and never falls; {@link Direction#DOWN} likewise never rises. Alarms fire early on it.
 *
 * @param nonNegative whether no value can ever be below zero
 * @param bound what no value can exceed in magnitude. A value too large for a double would become a missing one, so nothing is
 *     promised beyond {@link #LIMIT}
 */
public record Growth(Direction direction, boolean nonNegative, double bound) {
    /** Nothing is known. */
    public static final Growth UNKNOWN = new Growth(Direction.UNKNOWN, false, Double.POSITIVE_INFINITY);

    /** Samples are at most 2^360, as PutMetricData takes them, and so are their counts. */
    private static final double METRIC_BOUND = 1e250;

    private static final double LIMIT = 1e300;

    /** Which way values move. */
    public enum Direction {
        CONSTANT,
        UP,
        DOWN,
        UNKNOWN;

        Direction reversed() {
            return switch (this) {
                case UP -> DOWN;
                case DOWN -> UP;
                case CONSTANT, UNKNOWN -> this;
            };
        }

        /** Of a sum of two. */
        Direction with(Direction other) {
            if (this == CONSTANT || this == other) {
                return other;
            }
            return other == CONSTANT ? this : UNKNOWN;
        }
    }

    public Growth {
        if (!(bound <= LIMIT)) {
            direction = Direction.UNKNOWN;
            nonNegative = false;
        }
    }

    /**
     * Of a metric's statistic.
     *
     * @param neverNegative whether no sample of the metric can be negative
     */
    public static Growth of(Statistic statistic, boolean neverNegative) {
        if (!(statistic instanceof BasicStatistic basic)) {
            return UNKNOWN;
        }
        return switch (basic) {
            case SAMPLE_COUNT -> new Growth(Direction.UP, true, METRIC_BOUND);
            case MAXIMUM -> new Growth(Direction.UP, neverNegative, METRIC_BOUND);
            case MINIMUM -> new Growth(Direction.DOWN, neverNegative, METRIC_BOUND);
            case SUM -> neverNegative ? new Growth(Direction.UP, true, METRIC_BOUND) : UNKNOWN;
            case AVERAGE -> UNKNOWN;
        };
    }

    static Growth constant(double value) {
        return new Growth(Direction.CONSTANT, value >= 0, Math.abs(value));
    }

    Growth plus(Growth other) {
        return new Growth(direction.with(other.direction), nonNegative && other.nonNegative, bound + other.bound);
    }

    Growth negated() {
        return new Growth(direction.reversed(), false, bound);
    }

    /** By a number. */
    Growth times(double factor) {
        Direction moved = factor < 0 ? direction.reversed() : direction;
        return new Growth(moved, nonNegative && factor >= 0, bound * Math.abs(factor));
    }

    /** Whether it can only rise or stay. */
    boolean rises() {
        return direction == Direction.UP || direction == Direction.CONSTANT;
    }

    /** A comparison's 1 or 0 that moves this way. */
    static Growth truth(Direction direction) {
        return new Growth(direction, true, 1);
    }
}
