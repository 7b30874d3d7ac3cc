/**
 * CloudWatch alarms: their configuration, evaluation whenever a metric changes or a period closes, states, history, and
 * the actions that a change of state asks for (semantics: alarms.md). What an alarm says is decided by
 * {@link belfry.engine.alarm}; this package keeps it, and hands actions on to the topics.
 */
@NullMarked
package belfry.alarms;

import org.jspecify.annotations.NullMarked;
