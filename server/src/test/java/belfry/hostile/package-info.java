/** Calls with hostile inputs over every operation that is built. */
@NullMarked
package belfry.hostile;

import org.jspecify.annotations.NullMarked;
