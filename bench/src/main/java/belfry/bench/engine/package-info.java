/** JMH benchmarks of the engine, run by hand: {@code java -cp … org.openjdk.jmh.Main belfry.bench.engine}. */
@NullMarked
package belfry.bench.engine;

import org.jspecify.annotations.NullMarked;
