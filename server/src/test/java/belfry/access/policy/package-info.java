@NullMarked
package belfry.access.policy;

import org.jspecify.annotations.NullMarked;
