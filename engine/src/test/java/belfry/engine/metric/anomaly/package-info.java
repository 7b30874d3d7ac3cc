@NullMarked
package belfry.engine.metric.anomaly;

import org.jspecify.annotations.NullMarked;
