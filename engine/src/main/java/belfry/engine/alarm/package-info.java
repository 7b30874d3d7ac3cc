/**
 * CloudWatch alarms as pure functions: a rule, the points there are and the time give a state, with AWS's words for why.
 *
 * <p>{@link belfry.engine.alarm.AlarmEvaluator#decide} is what a server calls whenever data arrives or {@link
 * belfry.engine.alarm.AlarmSchedule#nextEvaluation} comes: it fires early where the outcome is certain ({@link
 * belfry.engine.alarm.EarlyFiring}) and otherwise evaluates the periods that have closed ({@link
 * belfry.engine.alarm.AlarmEvaluator#evaluate}), by semantics/alarms.md §2-§5. {@link belfry.engine.alarm.CompositeRule} is
 * the rule of a composite alarm. What AWS leaves open is decided in docs/decisions/0102-alarm-evaluation-choices.md.
 */
@NullMarked
package belfry.engine.alarm;

import org.jspecify.annotations.NullMarked;
