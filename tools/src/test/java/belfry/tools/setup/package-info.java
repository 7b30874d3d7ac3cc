@NullMarked
package belfry.tools.setup;

import org.jspecify.annotations.NullMarked;
