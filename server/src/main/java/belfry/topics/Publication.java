package belfry.topics;

import java.time.Instant;
import java.util.Optional;

/**
 * A message published to a topic.
 *
 * @param messageId SNS's id, the answer of Publish
 * @param alert what people read instead of the message's body, where an alarm published it
 */
record Publication(String messageId, Topic topic, Message message, Optional<AlertDocument> alert, Instant at) {}
