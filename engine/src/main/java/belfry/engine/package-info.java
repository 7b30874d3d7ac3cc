/**
 * The detection engine: filter patterns to datapoints to alarm states. Pure functions: no I/O, no threads, no clock of
 * its own; it imports the JDK and nothing of ours.
 */
@NullMarked
package belfry.engine;

import org.jspecify.annotations.NullMarked;
