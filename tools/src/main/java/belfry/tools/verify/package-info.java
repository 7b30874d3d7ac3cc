/**
 * {@code belfry verify}: proves that a trail's log files are what CloudTrail delivered (semantics: cloudtrail.md §5). Shares
 * no code with what writes and signs digests, so that a mistake there is found here.
 */
@NullMarked
package belfry.tools.verify;

import org.jspecify.annotations.NullMarked;
