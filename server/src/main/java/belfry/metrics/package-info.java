/**
 * CloudWatch metrics: datapoints as mergeable statistic sets per minute, put by callers or counted from matched log
 * events, and the queries over them (semantics: alarms.md §0 and §3, filter-patterns.md §7).
 */
@NullMarked
package belfry.metrics;

import org.jspecify.annotations.NullMarked;
