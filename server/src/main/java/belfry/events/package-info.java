/**
 * EventBridge: buses, rules and their targets; what matches which rule; and what became of it (semantics:
 * eventbridge-iam.md §2 to §5).
 */
@NullMarked
package belfry.events;

import org.jspecify.annotations.NullMarked;
