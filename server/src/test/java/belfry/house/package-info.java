/** The repository checks itself: imports between the stages, banned calls, sizes. */
@NullMarked
package belfry.house;

import org.jspecify.annotations.NullMarked;
