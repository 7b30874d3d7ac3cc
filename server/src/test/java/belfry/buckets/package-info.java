@NullMarked
package belfry.buckets;

import org.jspecify.annotations.NullMarked;
