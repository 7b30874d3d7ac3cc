@NullMarked
package belfry.base;

import org.jspecify.annotations.NullMarked;
