/** Carries messages to http, https and sms endpoints: one request each, guarded and bounded. */
@NullMarked
package belfry.delivery.web;

import org.jspecify.annotations.NullMarked;
