@NullMarked
package belfry.engine.metric.search;

import org.jspecify.annotations.NullMarked;
