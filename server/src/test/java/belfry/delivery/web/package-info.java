@NullMarked
package belfry.delivery.web;

import org.jspecify.annotations.NullMarked;
