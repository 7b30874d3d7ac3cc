@NullMarked
package belfry.engine.alarm;

import org.jspecify.annotations.NullMarked;
