@NullMarked
package belfry.delivery;

import org.jspecify.annotations.NullMarked;
