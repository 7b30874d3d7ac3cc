@NullMarked
package belfry.logs.blocks;

import org.jspecify.annotations.NullMarked;
