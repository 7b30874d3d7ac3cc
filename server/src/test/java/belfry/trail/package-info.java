@NullMarked
package belfry.trail;

import org.jspecify.annotations.NullMarked;
