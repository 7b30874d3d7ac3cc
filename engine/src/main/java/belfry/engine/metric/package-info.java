/**
 * CloudWatch metrics as values: keys, datapoints that merge, the statistics over them, and rolling them up into periods.
 *
 * <p>An {@link belfry.engine.metric.Aggregate} is what is known of the samples of one metric in one stretch of time: a
 * {@link belfry.engine.metric.StatisticSet} and, where the samples themselves were seen, a {@link
 * belfry.engine.metric.Sketch} of their distribution. Both merge in any order and grouping, so minutes can be added up to
 * any period. A {@link belfry.engine.metric.Statistic} reads one number out of it. Times are epoch seconds.
 */
@NullMarked
package belfry.engine.metric;

import org.jspecify.annotations.NullMarked;
