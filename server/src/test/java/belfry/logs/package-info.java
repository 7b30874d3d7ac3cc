@NullMarked
package belfry.logs;

import org.jspecify.annotations.NullMarked;
