@NullMarked
package belfry.seal;

import org.jspecify.annotations.NullMarked;
