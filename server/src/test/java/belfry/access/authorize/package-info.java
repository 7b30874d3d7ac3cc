@NullMarked
package belfry.access.authorize;

import org.jspecify.annotations.NullMarked;
