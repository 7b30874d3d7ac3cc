/** What values of a metric are to be expected, learnt from its past: docs/decisions/0705-anomaly-detection.md. */
@NullMarked
package belfry.engine.metric.anomaly;

import org.jspecify.annotations.NullMarked;
