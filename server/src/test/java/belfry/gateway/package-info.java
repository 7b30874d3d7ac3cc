@NullMarked
package belfry.gateway;

import org.jspecify.annotations.NullMarked;
