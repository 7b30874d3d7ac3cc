package belfry.topics;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message published to a topic.
 *
 * @param messageId SNS's id, the answer of Publish
 * @param alert what people read instead of the message's body, where an alarm published it
 * @param incident whose messages keep their order: an alarm's ARN; empty where there is no such order
 * @param keyId what is kept of it is sealed with; {@link MessageSeals#NONE} where it is not
 * @param order of FIFO topics, or the group of a message to others; null where there is none
 */
record Publication(
        String messageId,
        Topic topic,
        Message message,
        Optional<AlertDocument> alert,
        String incident,
        long keyId,
        @Nullable Order order,
        Instant at) {
    /**
     * A message's place among others.
     *
     * @param dedupId null outside FIFO topics, as the sequence
     * @param sequence twenty digits
     */
    record Order(
            String group,
            @Nullable String dedupId,
            @Nullable String sequence) {}

    /** A message of which no more is known. */
    Publication(String messageId, Topic topic, Message message, long keyId, Instant at) {
        this(messageId, topic, message, Optional.empty(), "", keyId, null, at);
    }
}
