@NullMarked
package belfry.vault;

import org.jspecify.annotations.NullMarked;
