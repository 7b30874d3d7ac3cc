/**
 * SQS: queues and their messages, for clients, for subscriptions to topics, for targets of EventBridge and for dead
 * letters (docs/decisions/0850, 0851).
 */
@NullMarked
package belfry.topics.queue;

import org.jspecify.annotations.NullMarked;
