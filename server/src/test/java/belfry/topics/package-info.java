@NullMarked
package belfry.topics;

import org.jspecify.annotations.NullMarked;
