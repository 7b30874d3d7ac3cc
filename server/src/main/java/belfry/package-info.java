/** The server put together: options, the list of stages, start and stop. */
@NullMarked
package belfry;

import org.jspecify.annotations.NullMarked;
