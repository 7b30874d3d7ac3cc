@NullMarked
package belfry.store;

import org.jspecify.annotations.NullMarked;
