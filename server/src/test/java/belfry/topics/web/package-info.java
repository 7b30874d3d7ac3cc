@NullMarked
package belfry.topics.web;

import org.jspecify.annotations.NullMarked;
