/** Measurements: whole processes against a peer in one run. JMH benchmarks of the engine stand beside them. */
@NullMarked
package belfry.bench;

import org.jspecify.annotations.NullMarked;
