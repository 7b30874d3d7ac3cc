@NullMarked
package belfry.access;

import org.jspecify.annotations.NullMarked;
