/** CloudTrail's log files on their way into buckets (semantics: cloudtrail.md §3). */
@NullMarked
package belfry.buckets.trailfiles;

import org.jspecify.annotations.NullMarked;
