/**
 * Whether a caller may do what it asks: which permissions an operation needs (tables in {@code belfry/access/actions}),
 * what the caller's and the resource's policies say of them, and how a refusal reads. Semantics: eventbridge-iam.md §6;
 * choices: docs/decisions/0902.
 */
@NullMarked
package belfry.access.authorize;

import org.jspecify.annotations.NullMarked;
