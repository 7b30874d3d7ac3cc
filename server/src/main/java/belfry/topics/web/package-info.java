/** Delivery policies of http and https subscriptions, and the forms that chat and paging services expect. */
@NullMarked
package belfry.topics.web;

import org.jspecify.annotations.NullMarked;
