/**
 * CloudWatch metric math: expressions over series, read once and evaluated on a {@link belfry.engine.metric.math.Grid} of
 * periods.
 *
 * <p>{@link belfry.engine.metric.math.MathExpression} is one expression; {@link belfry.engine.metric.math.MathQueries}
 * evaluates a request's expressions that refer to each other. Supported: {@code + - * / ^}, comparisons, {@code AND OR},
 * arrays and the functions named in {@code MathFunctions}. What Belfry has no source for (INSIGHT_RULE_METRIC, SERVICE_QUOTA,
 * DB_PERF_INSIGHTS, LAMBDA) is refused with a {@link belfry.engine.metric.math.MathException}. Choices where AWS is silent: docs/decisions/0103-metric-math-choices.md.
 */
@NullMarked
package belfry.engine.metric.math;

import org.jspecify.annotations.NullMarked;
