@NullMarked
package belfry.events;

import org.jspecify.annotations.NullMarked;
