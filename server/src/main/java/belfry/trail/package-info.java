/**
 * CloudTrail: the audit record of every call, event history, trails, and which trail logs which record.
 *
 * <h2>For the stages below</h2>
 *
 * {@link belfry.trail.TrailEvents#after} gives the records in order, each with the trails that selected it; {@link
 * belfry.trail.Trails} the trails with their destinations; {@link belfry.trail.TrailStatus} takes reports of deliveries.
 * Semantics: cloudtrail.md.
 */
@NullMarked
package belfry.trail;

import org.jspecify.annotations.NullMarked;
