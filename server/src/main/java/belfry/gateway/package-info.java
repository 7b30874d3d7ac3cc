/**
 * The front door: HTTP in and out, authenticate, dispatch, and the audit record in the same durable commit as the effect.
 * Stages implement the generated {@code belfry.api.*Api<Call>} interfaces; this package knows none of them.
 */
@NullMarked
package belfry.gateway;

import org.jspecify.annotations.NullMarked;
