/**
 * SNS: topics, subscriptions with their confirmation, publishing, and the outbox that {@code belfry.delivery} empties
 * (semantics: sns.md).
 */
@NullMarked
package belfry.topics;

import org.jspecify.annotations.NullMarked;
