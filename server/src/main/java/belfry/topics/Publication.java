package belfry.topics;

import belfry.topics.mail.Document;
import java.time.Instant;
import java.util.Optional;

/**
 * A message published to a topic.
 *
 * @param messageId SNS's id, the answer of Publish
 * @param document what subscribers by e-mail read instead of the message's body, where the publisher has more to show
 */
record Publication(String messageId, Topic topic, Message message, Optional<Document> document, Instant at) {}
