@NullMarked
package belfry.engine.metric;

import org.jspecify.annotations.NullMarked;
