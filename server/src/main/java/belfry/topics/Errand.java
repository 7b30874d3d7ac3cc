package belfry.topics;

import belfry.topics.web.RetryPolicy;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to an http, https or sms endpoint.
 *
 * @param seq the row's number, the same as in the outbox
 * @param lane of the errands of a lane only the first is tried, which keeps their order
 * @param target what is busy with it: of one target's errands only a few are under way at a time
 * @param headers what the endpoint is told beside the body, in this order; for text messages the sender and the like
 * @param deadLetterArn the queue for what could not be delivered; null where there is none
 * @param deadLetterBody what that queue gets; null where it is the body
 * @param attempts how often it was tried before
 * @param keyId what its bodies are sealed with where they are kept; {@link MessageSeals#NONE} where they are not
 * @param locked why its bodies cannot be read, and are empty; null where they can
 */
public record Errand(
        long seq,
        String lane,
        String target,
        String messageId,
        String topicArn,
        String subscriptionArn,
        String protocol,
        String endpoint,
        Map<String, String> headers,
        String body,
        RetryPolicy retries,
        @Nullable String deadLetterArn,
        @Nullable String deadLetterBody,
        long attempts,
        Instant queuedAt,
        long keyId,
        @Nullable Locked locked) {
    public Errand {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** Whether it belongs to an encrypted topic. */
    boolean sealed() {
        return keyId != MessageSeals.NONE;
    }

    Errand opened(JsonNode content) {
        return with(
                content.path("body").asText(), content.path("deadLetterBody").textValue(), null);
    }

    Errand locked(Locked why) {
        return with("", null, why);
    }

    private Errand with(String newBody, @Nullable String newDeadLetterBody, @Nullable Locked why) {
        return new Errand(
                seq,
                lane,
                target,
                messageId,
                topicArn,
                subscriptionArn,
                protocol,
                endpoint,
                headers,
                newBody,
                retries,
                deadLetterArn,
                newDeadLetterBody,
                attempts,
                queuedAt,
                keyId,
                why);
    }
}
