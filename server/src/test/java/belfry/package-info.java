@NullMarked
package belfry;

import org.jspecify.annotations.NullMarked;
