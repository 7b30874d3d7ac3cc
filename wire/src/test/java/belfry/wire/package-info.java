@NullMarked
package belfry.wire;

import org.jspecify.annotations.NullMarked;
