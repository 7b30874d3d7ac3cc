@NullMarked
package belfry.engine.pattern;

import org.jspecify.annotations.NullMarked;
