@NullMarked
package belfry.engine;

import org.jspecify.annotations.NullMarked;
