@NullMarked
package belfry.topics.queue;

import org.jspecify.annotations.NullMarked;
