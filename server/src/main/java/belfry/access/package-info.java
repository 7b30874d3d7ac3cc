/**
 * IAM and STS: users, roles, access keys, policies and what policy documents say. Semantics: eventbridge-iam.md §6-8.
 */
@NullMarked
package belfry.access;

import org.jspecify.annotations.NullMarked;
