/**
 * Policies as pure values: documents, statements, conditions and their evaluation for one request. Knows no service, no
 * store and no principal beyond its names; who may do what is decided by those who hold the policies. Semantics:
 * eventbridge-iam.md §6.
 */
@NullMarked
package belfry.access.policy;

import org.jspecify.annotations.NullMarked;
