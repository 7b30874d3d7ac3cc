/**
 * CloudWatch Logs filter patterns, compiled and matched on bytes.
 *
 * <p>{@link belfry.engine.pattern.FilterPattern#parse} reads all four forms and answers AWS's errors as {@link
 * belfry.engine.pattern.PatternException}; {@link belfry.engine.pattern.FilterPattern#extractor} reads metric values and
 * dimensions. What AWS leaves open is decided in docs/decisions/0101-filter-pattern-choices.md.
 *
 * <p>A line is bytes. A JSON pattern wants some properties; one strict scan of the line finds where they lie
 * ({@code JsonPlan}), the conditions then compare bytes in place and decode only strings with escapes. Regexes run on a
 * lazily built deterministic automaton ({@code Regex}).
 */
@NullMarked
package belfry.engine.pattern;

import org.jspecify.annotations.NullMarked;
