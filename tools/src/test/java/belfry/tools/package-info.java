@NullMarked
package belfry.tools;

import org.jspecify.annotations.NullMarked;
