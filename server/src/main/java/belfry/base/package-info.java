/** The small types every stage shares: time, ids, names, and the pumps that move work from one stage to the next. */
@NullMarked
package belfry.base;

import org.jspecify.annotations.NullMarked;
