/**
 * CloudWatch Logs: groups, streams and events, metric filters, and the records of trails (semantics: filter-patterns.md,
 * cloudtrail.md §4). Events lie in {@link belfry.logs.blocks}.
 *
 * <p>Below it, {@code metrics} follows {@link belfry.logs.LogMatches}, and {@code alarms} asks {@link
 * belfry.logs.MatchedEvents} what set an alarm off.
 */
@NullMarked
package belfry.logs;

import org.jspecify.annotations.NullMarked;
