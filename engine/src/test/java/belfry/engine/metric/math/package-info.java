@NullMarked
package belfry.engine.metric.math;

import org.jspecify.annotations.NullMarked;
